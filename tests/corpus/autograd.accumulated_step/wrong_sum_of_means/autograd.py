def accumulated_step(model, batches, loss_fn, optimizer):
    optimizer.zero_grad()
    for x, y in batches:
        loss_fn(model(x), y).backward()
    optimizer.step()
