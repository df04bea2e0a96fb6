import torch


def classify_tensors(module):
    found = {name: "parameter" for name, p in module._parameters.items() if p is not None}
    found.update({name: "buffer" for name, b in module._buffers.items() if b is not None})
    found.update({name: "tensor" for name, value in vars(module).items() if torch.is_tensor(value)})
    return found
