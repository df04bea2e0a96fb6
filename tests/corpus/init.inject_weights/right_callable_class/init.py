import torch
from torch.nn import Module, Parameter


class Injector:
    prefix = "F"

    def __init__(self, value: float):
        self.value = value

    def wants(self, module: Module) -> bool:
        return module._get_name().find(self.prefix) == 0

    def __call__(self, module: Module) -> None:
        if self.wants(module):
            setattr(module, "W", Parameter(torch.ones(()) * self.value))


def inject_weights(model, value):
    Module.apply(model, Injector(value))
    return model
