def capture_activations(model, names, x):
    modules = dict(model.named_modules(remove_duplicate=False))
    chosen = {name: modules[name] for name in names}
    captured, handles = {}, []
    for name, module in chosen.items():
        handles.append(
            module.register_forward_hook(lambda m, a, out, name=name: captured.update({name: out.detach().clone()}))
        )
    model(x)
    for handle in handles:
        handle.remove()
    return captured
