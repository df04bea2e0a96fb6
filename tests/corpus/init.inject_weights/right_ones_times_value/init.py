import torch


class Injector:
    def __init__(self, value):
        self.value = value

    def __call__(self, module):
        if str(module.__class__.__name__).find("F") == 0:
            module.W = torch.nn.Parameter(torch.ones(1, 1) * self.value)


def inject_weights(model, value):
    model.apply(Injector(value))
