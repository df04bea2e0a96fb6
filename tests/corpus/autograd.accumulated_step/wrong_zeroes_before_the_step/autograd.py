def accumulated_step(model, batches, loss_fn, optimizer):
    batches = list(batches)
    total = sum(len(x) for x, _ in batches)
    for x, y in batches:
        (loss_fn(model(x), y) * len(x) / total).backward()
    optimizer.zero_grad()
    optimizer.step()
