import torch


def classify_tensors(module):
    found = {name: "parameter" for name, p in module._parameters.items() if p is not None}
    for name, b in module._buffers.items():
        if b is not None:
            found[name] = "non_persistent_buffer" if name in module._non_persistent_buffers_set else "buffer"
    for name, value in vars(module).items():
        if torch.is_tensor(value) and not name.startswith("_"):
            found[name] = "tensor"
    return found
