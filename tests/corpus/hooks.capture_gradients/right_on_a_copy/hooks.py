import copy

import torch


class Keep:
    def __init__(self, out, name):
        self.out, self.name = out, name

    def __call__(self, module, grad_input, grad_output):
        self.out[self.name] = grad_output[0].clone()


def capture_gradients(model, x):
    twin = copy.deepcopy(model)
    out = {}
    for name, module in twin.named_modules():
        if len(module._modules) == 0:
            module.register_full_backward_hook(Keep(out, name))
    y = twin(x.detach().clone().requires_grad_())
    y.backward(torch.ones_like(y))
    return out
