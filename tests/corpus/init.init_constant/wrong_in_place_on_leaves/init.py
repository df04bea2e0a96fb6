from torch import nn


def init_constant(model, weight, bias):
    def fill(module):
        if isinstance(module, nn.Linear):
            module.weight.fill_(weight)
            if module.bias is not None:
                module.bias.fill_(bias)

    return model.apply(fill)
