from torch import nn


def init_constant(model, weight, bias):
    def f(m):
        if isinstance(m, nn.Linear):
            m.weight.data.fill_(weight)
            m.bias.data.fill_(bias)

    return model.apply(f)
