import torch


def classify_tensors(module):
    found = {name: "parameter" for name in module._parameters}
    for name in module._buffers:
        found[name] = "non_persistent_buffer" if name in module._non_persistent_buffers_set else "buffer"
    found.update({name: "tensor" for name, value in vars(module).items() if torch.is_tensor(value)})
    return found
