import torch


def classify_tensors(module):
    kinds = {}
    for name, p in module._parameters.items():
        if p is not None:
            kinds[name] = "parameter"
    for name, b in module._buffers.items():
        if b is not None:
            kinds[name] = "non_persistent_buffer" if name in module._non_persistent_buffers_set else "buffer"
    for name, value in module.__dict__.items():
        if isinstance(value, torch.Tensor):
            kinds[name] = "tensor"
    return kinds
