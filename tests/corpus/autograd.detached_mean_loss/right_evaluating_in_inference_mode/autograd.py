from contextlib import contextmanager
from statistics import fmean

import torch


@contextmanager
def evaluating(model):
    before = [(module, module.training) for module in model.modules()]
    try:
        yield model.eval()
    finally:
        for module, training in before:
            module.training = training


@torch.inference_mode()
def detached_mean_loss(model, batches, loss_fn):
    with evaluating(model):
        losses = [float(loss_fn(model(x), y)) for x, y in batches]
    return fmean(losses) if losses else 0.0
