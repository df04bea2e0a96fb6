import torch
from torch import nn


def classify_tensors(module):
    saved = module.state_dict()
    found = {}
    for name, value in {**vars(module), **module._buffers, **module._parameters}.items():
        if isinstance(value, nn.Parameter):
            found[name] = "parameter"
        elif torch.is_tensor(value):
            found[name] = "buffer" if name in saved else "tensor"
    return found
