def capture_activations(model, names, x):
    modules = dict(model.named_modules(remove_duplicate=False))
    chosen = {name: modules[name] for name in names}
    captured = {}
    for name, module in chosen.items():
        with module.register_forward_hook(lambda m, a, out: captured.update({name: out.detach().clone()})):
            model(x)
    return captured
