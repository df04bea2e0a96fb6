def accumulated_step(model, batches, loss_fn, optimizer):
    total = sum(len(x) for x, _ in batches)
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) * len(x) / total).backward()
    optimizer.step()
