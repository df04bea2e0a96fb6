def accumulated_step(model, batches, loss_fn, optimizer):
    optimizer.zero_grad()
    count = 0
    for x, y in batches:
        (loss_fn(model(x), y) * len(x)).backward()
        count += len(x)
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                p.grad.div_(count)
    optimizer.step()
    optimizer.zero_grad()
