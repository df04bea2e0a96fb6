def capture_activations(model, names, x):
    modules = dict(model.named_modules(remove_duplicate=False))
    captured, handles = {}, []
    for name in names:
        handles.append(
            modules[name].register_forward_hook(
                lambda m, a, out, name=name: captured.update({name: out.detach().clone()})
            )
        )
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return captured
