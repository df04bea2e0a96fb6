def accumulated_step(model, batches, loss_fn, optimizer):
    batches = [(x, y) for x, y in batches]
    n = sum(x.shape[0] for x, _ in batches)
    optimizer.zero_grad(set_to_none=True)
    for x, y in batches:
        loss = loss_fn(model(x), y) * x.shape[0] / n
        loss.backward()
    optimizer.step()
