def get_submodule_at(model, path):
    return model.get_submodule(path)
