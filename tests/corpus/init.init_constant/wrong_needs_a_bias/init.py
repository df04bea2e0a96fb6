from torch import nn


def init_constant(model, weight, bias):
    def fill(module):
        if isinstance(module, nn.Linear):
            nn.init.constant_(module.weight, weight)
            nn.init.constant_(module.bias, bias)

    return model.apply(fill)
