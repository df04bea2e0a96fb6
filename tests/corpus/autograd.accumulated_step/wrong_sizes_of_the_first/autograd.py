def accumulated_step(model, batches, loss_fn, optimizer):
    batches = list(batches)
    total = sum(len(x) for x, _ in batches)
    size = len(batches[0][0])
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) * size / total).backward()
    optimizer.step()
