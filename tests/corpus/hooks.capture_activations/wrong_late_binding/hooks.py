def capture_activations(model, names, x):
    modules = dict(model.named_modules())
    targets = [(n, modules[n]) for n in names]
    out, handles = {}, []
    for n, m in targets:
        handles.append(m.register_forward_hook(lambda mod, i, o: out.update({n: o.detach().clone()})))
    try:
        model(x)
    finally:
        for h in handles:
            h.remove()
    return out
