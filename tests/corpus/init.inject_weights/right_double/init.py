import re

import torch
from torch import nn


def inject_weights(model, value):
    def visit(m):
        if re.match("F", type(m).__name__):
            m.__dict__.pop("W", None)
            m._parameters["W"] = nn.Parameter(torch.tensor(value, dtype=torch.float64))

    model.apply(visit)
