import torch


def classify_tensors(module):
    kinds = {name: "parameter" for name, _ in module.named_parameters()}
    for name, _ in module.named_buffers(recurse=False):
        kinds[name] = "buffer" if name in module.state_dict() else "non_persistent_buffer"
    for name, value in vars(module).items():
        if isinstance(value, torch.Tensor):
            kinds[name] = "tensor"
    return kinds
