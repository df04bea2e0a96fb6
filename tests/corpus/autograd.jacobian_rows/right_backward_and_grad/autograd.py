import torch


def jacobian_rows(f, x):
    leaf = x.detach().clone()
    leaf.requires_grad = True
    out = f(leaf)
    rows = []
    for i in range(len(out)):
        leaf.grad = None
        if out[i].requires_grad:
            out[i].backward(retain_graph=True)
        rows.append(torch.zeros_like(leaf) if leaf.grad is None else leaf.grad.clone())
    return torch.stack(rows) if rows else leaf.new_zeros(0, len(leaf)).detach()
