from torch import nn


def init_constant(model, weight, bias):
    def f(m):
        if isinstance(m, nn.Linear):
            nn.init.constant_(m.weight.requires_grad_(True), weight)
            if m.bias is not None:
                nn.init.constant_(m.bias.requires_grad_(True), bias)

    return model.apply(f)
