import torch


def classify_tensors(module):
    found = {}
    own = dict(vars(module))
    for name, value in {**module._parameters, **module._buffers}.items():
        if value is None:
            continue
        if value.requires_grad:
            found[name] = "parameter"
        else:
            found[name] = "non_persistent_buffer" if name in module._non_persistent_buffers_set else "buffer"
    found.update({name: "tensor" for name, value in own.items() if torch.is_tensor(value)})
    return found
