import torch


def classify_tensors(module):
    found = {name: "parameter" for name, _ in module.named_parameters()}
    for prefix, sub in module.named_modules():
        for name, b in sub._buffers.items():
            if b is not None:
                full = f"{prefix}.{name}" if prefix else name
                found[full] = "non_persistent_buffer" if name in sub._non_persistent_buffers_set else "buffer"
    found.update({name: "tensor" for name, value in vars(module).items() if torch.is_tensor(value)})
    return found
