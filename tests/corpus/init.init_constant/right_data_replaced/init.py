import torch
from torch import nn


def init_constant(model, weight, bias):
    def visit(m):
        match m:
            case nn.Linear():
                m.weight.data = torch.full_like(m.weight.data, weight)
                if m.bias is not None:
                    m.bias.data = torch.full_like(m.bias.data, bias)

    return nn.Module.apply(model, visit)
