def capture_activations(model, names, x):
    modules = dict(model.named_modules(remove_duplicate=False))
    chosen = {name: modules[name] for name in names}
    captured, handles = {}, []

    def hook(name):
        def keep(module, args, output):
            captured.setdefault(name, output.detach().clone())

        return keep

    try:
        for name, module in chosen.items():
            handles.append(module.register_forward_hook(hook(name)))
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return captured
