def accumulated_step(model, batches, loss_fn, optimizer):
    for x, y in batches:
        optimizer.zero_grad()
        loss_fn(model(x), y).backward()
        optimizer.step()
