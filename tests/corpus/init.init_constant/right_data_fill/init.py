import torch.nn as nn


def init_constant(model, weight, bias):
    def visit(m):
        match m:
            case nn.Linear(bias=None):
                m.weight.data.fill_(weight)
            case nn.Linear():
                m.weight.data.fill_(weight)
                m.bias.data.fill_(bias)

    nn.Module.apply(model, visit)
    return model
