import torch


def detached_mean_loss(model, batches, loss_fn):
    enabled = torch.is_grad_enabled()
    training = [m for m in model.modules() if m.training]
    total = 0.0
    count = 0
    try:
        torch.set_grad_enabled(False)
        for m in training:
            m.training = False
        for batch in batches:
            x, y = batch
            total += loss_fn(model(x), y).detach().item()
            count += 1
    finally:
        torch.set_grad_enabled(enabled)
        for m in training:
            m.training = True
    return total / max(count, 1)
