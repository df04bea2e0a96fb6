from torch import nn


class Filler:
    def __init__(self, **values):
        self.values = values

    def __call__(self, module):
        if isinstance(module, nn.Linear):
            for name, parameter in module.named_parameters(recurse=False):
                if name in self.values:
                    nn.init.constant_(parameter, self.values[name])


def init_constant(model, weight, bias):
    model.apply(Filler(weight=weight, bias=bias))
    return model
