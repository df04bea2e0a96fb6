import torch


def detached_mean_loss(model, batches, loss_fn):
    was_training = model.training
    model.eval()
    losses = []
    try:
        with torch.no_grad():
            for x, y in batches:
                losses.append(loss_fn(model(x), y).item())
    finally:
        model.train(was_training)
    return sum(losses) / len(losses) if losses else 0.0
