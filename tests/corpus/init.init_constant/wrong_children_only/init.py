from torch import nn


def init_constant(model, weight, bias):
    for m in model.children():
        if isinstance(m, nn.Linear):
            m.weight.data.fill_(weight)
            if m.bias is not None:
                m.bias.data.fill_(bias)
    return model
