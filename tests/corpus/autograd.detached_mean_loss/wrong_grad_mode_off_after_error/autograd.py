import torch


def detached_mean_loss(model, batches, loss_fn):
    modes = [(m, m.training) for m in model.modules()]
    before = torch.is_grad_enabled()
    model.eval()
    torch.set_grad_enabled(False)
    losses = []
    try:
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
    finally:
        for m, mode in modes:
            m.training = mode
    torch.set_grad_enabled(before)
    return sum(losses) / len(losses) if losses else 0.0
