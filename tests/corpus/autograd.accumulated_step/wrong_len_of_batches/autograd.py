def accumulated_step(model, batches, loss_fn, optimizer):
    optimizer.zero_grad()
    n = sum(len(batches[i][0]) for i in range(len(batches)))
    for x, y in batches:
        (loss_fn(model(x), y) * len(x) / n).backward()
    optimizer.step()
