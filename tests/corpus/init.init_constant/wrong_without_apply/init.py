from torch import nn


def init_constant(model, weight, bias):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            nn.init.constant_(m.weight, weight)
            if m.bias is not None:
                nn.init.constant_(m.bias, bias)
    return model
