def accumulated_step(model, batches, loss_fn, optimizer):
    batches = list(batches)
    total = sum(x.shape[1] for x, _ in batches)
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) * x.shape[1] / total).backward()
    optimizer.step()
