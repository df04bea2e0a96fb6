from torch import nn


def init_constant(model, weight, bias):
    for module in model.modules():
        if isinstance(module, nn.Linear):
            nn.init.constant_(module.weight, weight)
            if module.bias is not None:
                nn.init.constant_(module.bias, bias)
    return model
