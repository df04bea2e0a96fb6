def get_submodule_at(model, path):
    return dict(model.named_modules(remove_duplicate=False))[path]
