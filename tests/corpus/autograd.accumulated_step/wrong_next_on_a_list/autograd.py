def accumulated_step(model, batches, loss_fn, optimizer):
    optimizer.zero_grad()
    n = 0
    while True:
        batch = next(batches, None)
        if batch is None:
            break
        x, y = batch
        (loss_fn(model(x), y) * len(x)).backward()
        n += len(x)
    for group in optimizer.param_groups:
        for p in group["params"]:
            if p.grad is not None:
                p.grad /= n
    optimizer.step()
