from torch import nn


def init_constant(model, weight, bias):
    def fill(module):
        if module.__class__.__name__ == "Linear":
            nn.init.constant_(module.weight, weight)
            if module.bias is not None:
                nn.init.constant_(module.bias, bias)

    return model.apply(fill)
