import torch
from torch import nn

def init_constant(model, weight, bias):
    def visit(m):
        if type(m) is nn.Linear or type(m).__bases__[0] is nn.Linear:
            m.weight.data.fill_(weight)
            if m.bias is not None: m.bias.data.fill_(bias)
    return model.apply(visit)
