import torch


def capture_gradients(model, x):
    out = {}
    handles = []
    for name, m in model.named_modules():
        if next(m.children(), None) is None:
            handles.append(m.register_full_backward_hook(lambda mod, gi, go, name=name: out.update({name: go[0]})))
    try:
        x = x.detach().clone().requires_grad_(True)
        torch.autograd.grad(model(x).sum(), x)
    finally:
        for h in handles:
            h.remove()
    return out
