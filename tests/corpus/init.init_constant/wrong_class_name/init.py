from torch import nn


def init_constant(model, weight, bias):
    def f(m):
        if m.__class__.__name__ == "Linear":
            nn.init.constant_(m.weight, weight)
            if m.bias is not None:
                nn.init.constant_(m.bias, bias)

    return model.apply(f)
