import torch


def classify_tensors(module):
    found = {}
    for name in dir(module):
        try:
            value = getattr(module, name)
        except Exception:
            continue
        if not isinstance(value, torch.Tensor):
            continue
        if name in module._parameters:
            found[name] = "parameter"
        elif name in module._buffers:
            found[name] = "buffer" if name not in module._non_persistent_buffers_set else "non_persistent_buffer"
        else:
            found[name] = "tensor"
    return found
