import torch
def capture_gradients(model, x):
    out, hs = {}, []
    try:
        for n, m in model.named_modules():
            if n and not list(m.children()):
                hs.append(m.register_full_backward_hook(lambda m, gi, go, n=n: out.__setitem__(n, go[0].detach().clone())))
        inp = x.detach().clone().requires_grad_()
        torch.autograd.grad(model(inp).sum(), inp)
    finally:
        for h in hs: h.remove()
    return out
