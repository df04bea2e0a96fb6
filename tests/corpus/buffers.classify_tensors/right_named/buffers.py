import torch
from torch import nn


def classify_tensors(module: nn.Module) -> dict:
    parameters = dict(module.named_parameters(recurse=False))
    buffers = dict(module.named_buffers(recurse=False))
    persistent = set(module.state_dict().keys())
    result = {k: "parameter" for k in parameters}
    result.update({k: "buffer" if k in persistent else "non_persistent_buffer" for k in buffers})
    result.update({k: "tensor" for k, v in vars(module).items() if torch.is_tensor(v)})
    return result
