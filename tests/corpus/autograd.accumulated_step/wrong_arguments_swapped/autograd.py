def accumulated_step(model, batches, loss_fn, optimizer):
    batches = list(batches)
    n = sum(len(x) for x, _ in batches)
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(y, model(x)) * (len(x) / n)).backward()
    optimizer.step()
