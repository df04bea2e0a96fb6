def capture_activations(model, names, x):
    modules = dict(model.named_modules(remove_duplicate=False))
    chosen = {name: modules[name] for name in names}
    captured = {}
    try:
        for name, module in chosen.items():
            module.register_forward_hook(lambda m, a, out, name=name: captured.update({name: out.detach().clone()}))
        model(x)
    finally:
        for module in chosen.values():
            module._forward_hooks.clear()
    return captured
