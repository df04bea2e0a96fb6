import torch
from torch import nn


def init_by_type(model, seed):
    g = torch.Generator().manual_seed(seed)

    def f(m):
        w, b = getattr(m, "weight", None), getattr(m, "bias", None)
        if w is not None:
            if w.ndim == 4:
                nn.init.kaiming_uniform_(w, nonlinearity="relu", generator=g)
            elif w.ndim == 2:
                nn.init.xavier_uniform_(w, generator=g)
            else:
                nn.init.ones_(w)
        if b is not None:
            nn.init.zeros_(b)

    model.apply(f)
