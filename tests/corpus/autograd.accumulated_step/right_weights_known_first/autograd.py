def accumulated_step(model, batches, loss_fn, optimizer):
    batches = list(batches)
    total = sum(len(x) for x, _ in batches)
    optimizer.zero_grad()
    for x, y in batches:
        loss = loss_fn(model(x), y) * (len(x) / total)
        loss.backward()
    optimizer.step()
