from contextlib import ExitStack

import torch


def detached_mean_loss(model, batches, loss_fn):
    with ExitStack() as stack:
        for module in model.modules():
            stack.callback(setattr, module, "training", module.training)
        stack.callback(torch.set_grad_enabled, torch.is_grad_enabled())
        torch.set_grad_enabled(False)
        model.train(False)
        mean, n = 0.0, 0
        for x, y in batches:
            n += 1
            mean += (loss_fn(model(x), y).item() - mean) / n
        return mean
