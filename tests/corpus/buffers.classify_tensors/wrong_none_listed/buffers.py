import torch


def classify_tensors(module):
    kinds = {name: "parameter" for name in module._parameters}
    for name in module._buffers:
        kinds[name] = "non_persistent_buffer" if name in module._non_persistent_buffers_set else "buffer"
    kinds.update({name: "tensor" for name, value in vars(module).items() if isinstance(value, torch.Tensor)})
    return kinds
