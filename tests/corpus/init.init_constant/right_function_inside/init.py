import torch.nn as nn


def init_constant(model, weight, bias):
    def f(m):
        if isinstance(m, nn.Linear):
            m.weight.data.fill_(weight)
            if m.bias is not None:
                m.bias.data.fill_(bias)

    model.apply(f)
    return model
