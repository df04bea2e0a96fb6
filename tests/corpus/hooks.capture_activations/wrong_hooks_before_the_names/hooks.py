def capture_activations(model, names, x):
    modules = dict(model.named_modules())
    out = {}
    handles = [
        modules[n].register_forward_hook(lambda mod, i, o, n=n: out.update({n: o.detach().clone()})) for n in names
    ]
    try:
        model(x)
    finally:
        for h in handles:
            h.remove()
    return out
