import torch


def detached_mean_loss(model, batches, loss_fn):
    modes = {module: module.training for module in model.modules()}
    model.eval()
    total, count = 0.0, 0
    try:
        with torch.no_grad():
            for x, y in batches:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
    finally:
        for module, mode in modes.items():
            module.training = mode
    return total / count if count else 0.0
