def capture_activations(model, names, x):
    captured, handles = {}, []
    try:
        for name, module in model.named_modules(remove_duplicate=False):
            if name in names:
                handles.append(
                    module.register_forward_hook(
                        lambda m, a, out, name=name: captured.update({name: out.detach().clone()})
                    )
                )
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return captured
