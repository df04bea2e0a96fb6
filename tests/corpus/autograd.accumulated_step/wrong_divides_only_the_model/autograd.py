def accumulated_step(model, batches, loss_fn, optimizer):
    optimizer.zero_grad()
    total = 0
    for x, y in batches:
        (loss_fn(model(x), y) * len(x)).backward()
        total += len(x)
    for parameter in model.parameters():
        if parameter.grad is not None:
            parameter.grad /= total
    optimizer.step()
