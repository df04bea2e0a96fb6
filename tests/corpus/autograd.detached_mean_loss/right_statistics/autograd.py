import statistics
import torch


def detached_mean_loss(model, batches, loss_fn):
    modes = [m.training for m in model.modules()]
    model.train(False)
    try:
        with torch.no_grad():
            values = []
            for x, y in batches:
                values.append(loss_fn(model(x), y).item())
    finally:
        for m, mode in zip(model.modules(), modes):
            m.training = mode
    return statistics.fmean(values) if values else 0.0
