def detached_mean_loss(model, batches, loss_fn):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    losses = []
    try:
        for x, y in batches:
            losses.append(loss_fn(model(x), y))
    finally:
        for m, mode in modes:
            m.training = mode
    return sum(losses) / len(losses) if losses else 0.0
