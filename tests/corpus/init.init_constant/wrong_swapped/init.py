from torch import nn


def init_constant(model, weight, bias):
    def f(m):
        if isinstance(m, nn.Linear):
            m.weight.data.fill_(bias)
            if m.bias is not None:
                m.bias.data.fill_(weight)

    return model.apply(f)
