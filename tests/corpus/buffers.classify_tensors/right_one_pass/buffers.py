from itertools import chain

import torch


def _kind(module, name):
    if name in module._parameters:
        return "parameter"
    if name in module._buffers:
        return "buffer" if name not in module._non_persistent_buffers_set else "non_persistent_buffer"
    return "tensor"


def classify_tensors(module):
    names = chain(vars(module), module._parameters, module._buffers)
    return {name: _kind(module, name) for name in names if isinstance(getattr(module, name, None), torch.Tensor)}
