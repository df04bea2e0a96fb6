def accumulated_step(model, batches, loss_fn, optimizer):
    batches = list(batches)
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) / len(batches)).backward()
    optimizer.step()
