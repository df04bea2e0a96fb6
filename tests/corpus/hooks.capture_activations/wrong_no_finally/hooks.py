def capture_activations(model, names, x):
    modules = dict(model.named_modules())
    targets = [(n, modules[n]) for n in names]
    out = {}
    handles = [m.register_forward_hook(lambda mod, i, o, n=n: out.update({n: o.detach().clone()})) for n, m in targets]
    model(x)
    for h in handles:
        h.remove()
    return out
