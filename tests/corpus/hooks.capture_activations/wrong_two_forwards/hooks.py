def capture_activations(model, names, x):
    modules = dict(model.named_modules())
    targets = [(n, modules[n]) for n in names]
    out = {}
    for n, m in targets:
        h = m.register_forward_hook(lambda mod, i, o, n=n: out.update({n: o.detach().clone()}))
        try:
            model(x)
        finally:
            h.remove()
    return out
