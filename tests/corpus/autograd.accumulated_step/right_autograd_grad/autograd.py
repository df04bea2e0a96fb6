import torch


def accumulated_step(model, batches, loss_fn, optimizer):
    params = [p for group in optimizer.param_groups for p in group["params"] if p.requires_grad]
    sums = [None] * len(params)
    n = 0
    for x, y in batches:
        grads = torch.autograd.grad(loss_fn(model(x), y), params, allow_unused=True)
        n += len(x)
        for i, g in enumerate(grads):
            if g is not None:
                sums[i] = g * len(x) if sums[i] is None else sums[i] + g * len(x)
    for p, s in zip(params, sums):
        p.grad = None if s is None else s / n
    optimizer.step()
