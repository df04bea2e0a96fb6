import torch


def scale_input(module, factor):
    def pre_hook(module, inputs):
        first, *rest = inputs
        return (torch.mul(first, factor), *rest)

    return module.register_forward_pre_hook(pre_hook)
