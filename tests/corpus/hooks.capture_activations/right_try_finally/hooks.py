import torch
from torch import nn


def capture_activations(model, names, x):
    modules = dict(model.named_modules(remove_duplicate=False))
    for name in names:
        if name not in modules:
            raise KeyError(name)
    captured, handles = {}, []

    def keep(name):
        def hook(module, args, output):
            captured[name] = output.detach().clone()

        return hook

    try:
        for name in names:
            handles.append(modules[name].register_forward_hook(keep(name)))
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return captured
