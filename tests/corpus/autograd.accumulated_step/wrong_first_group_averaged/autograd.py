import torch
def accumulated_step(model, batches, loss_fn, optimizer):
    n = 0
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) * len(x)).backward(); n += len(x)
    for p in optimizer.param_groups[0]["params"]:
        if p.grad is not None: p.grad /= n
    optimizer.step()
