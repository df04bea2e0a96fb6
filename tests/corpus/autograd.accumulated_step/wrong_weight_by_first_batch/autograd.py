def accumulated_step(model, batches, loss_fn, optimizer):
    batches = list(batches)
    n = len(batches[0][0]) * len(batches)
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) * (len(x) / n)).backward()
    optimizer.step()
