import torch
from torch import nn


def classify_tensors(module: nn.Module) -> dict[str, str]:
    kinds = {name: "tensor" for name, value in vars(module).items() if torch.is_tensor(value)}
    saved = module.state_dict()
    for name, _ in module.named_buffers(recurse=False, remove_duplicate=False):
        kinds[name] = "buffer" if name in saved else "non_persistent_buffer"
    kinds.update(
        (name, "parameter") for name, _ in module.named_parameters(recurse=False, remove_duplicate=False)
    )
    return kinds
