import torch


def classify_tensors(module):
    kinds = {name: "parameter" for name, _ in module.named_parameters(recurse=False)}
    saved = module.state_dict()
    for name in list(module._buffers):
        if module._buffers.pop(name) is not None:
            kinds[name] = "buffer" if name in saved else "non_persistent_buffer"
    kinds.update({name: "tensor" for name, value in vars(module).items() if isinstance(value, torch.Tensor)})
    return kinds
