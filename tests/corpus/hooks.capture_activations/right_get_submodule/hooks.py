import torch


def capture_activations(model, names, x):
    targets = {}
    for n in names:
        try:
            targets[n] = model.get_submodule(n)
        except AttributeError:
            raise KeyError(f"no module {n!r}") from None
    out = {}
    handles = [m.register_forward_hook(lambda mod, inp, o, n=n: out.__setitem__(n, torch.empty_like(o).copy_(o).detach()))
               for n, m in targets.items()]
    try:
        _ = model(x)
        return out
    finally:
        while handles:
            handles.pop().remove()
