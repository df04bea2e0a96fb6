import torch


def accumulated_step(model, batches, loss_fn, optimizer):
    parameters = [p for group in optimizer.param_groups for p in group["params"] if p.requires_grad]
    sums = [None] * len(parameters)
    total = 0
    for inputs, targets in batches:
        size = len(inputs)
        total += size
        grads = torch.autograd.grad(size * loss_fn(model(inputs), targets), parameters, allow_unused=True)
        for i, grad in enumerate(grads):
            if grad is not None:
                sums[i] = grad if sums[i] is None else sums[i] + grad
    optimizer.zero_grad()
    for parameter, grad in zip(parameters, sums):
        parameter.grad = None if grad is None else grad / total
    optimizer.step()
