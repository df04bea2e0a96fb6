from torch import nn


def init_constant(model, weight, bias):
    def f(m):
        if isinstance(m, (nn.Linear, nn.BatchNorm1d, nn.LayerNorm)):
            if m.weight is not None:
                m.weight.data.fill_(weight)
            if m.bias is not None:
                m.bias.data.fill_(bias)

    return model.apply(f)
