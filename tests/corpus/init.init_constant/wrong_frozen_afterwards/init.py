from torch import nn


def init_constant(model, weight, bias):
    def fill(module):
        if isinstance(module, nn.Linear):
            module.weight.requires_grad_(False).fill_(weight)
            if module.bias is not None:
                module.bias.requires_grad_(False).fill_(bias)

    return model.apply(fill)
