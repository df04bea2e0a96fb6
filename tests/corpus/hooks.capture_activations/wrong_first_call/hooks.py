def capture_activations(model, names, x):
    modules = dict(model.named_modules())
    targets = [(n, modules[n]) for n in names]
    out, handles = {}, {}

    def make(n):
        def hook(mod, i, o):
            out[n] = o.detach().clone()
            handles[n].remove()
        return hook

    for n, m in targets:
        handles[n] = m.register_forward_hook(make(n))
    try:
        model(x)
    finally:
        for h in handles.values():
            h.remove()
    return out
