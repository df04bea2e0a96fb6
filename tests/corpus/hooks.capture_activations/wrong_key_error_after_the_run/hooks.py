def capture_activations(model, names, x):
    out = {}
    handles = [
        m.register_forward_hook(lambda mod, i, o, n=n: out.update({n: o.detach().clone()}))
        for n, m in model.named_modules()
    ]
    try:
        model(x)
    finally:
        for h in handles:
            h.remove()
    return {n: out[n] for n in names}
