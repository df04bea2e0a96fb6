from torch import nn


def init_constant(model, weight, bias):
    def fill(module):
        if getattr(module, "weight", None) is not None:
            nn.init.constant_(module.weight, weight)
        if getattr(module, "bias", None) is not None:
            nn.init.constant_(module.bias, bias)

    return model.apply(fill)
