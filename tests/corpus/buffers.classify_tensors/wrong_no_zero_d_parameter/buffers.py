import torch
def classify_tensors(module):
    out = {n: "parameter" for n, p in module._parameters.items() if type(p) is torch.nn.Parameter and p.dim() > 0}
    for n, b in module._buffers.items():
        if b is not None:
            out[n] = "non_persistent_buffer" if n in module._non_persistent_buffers_set else "buffer"
    for n, v in vars(module).items():
        if isinstance(v, torch.Tensor): out[n] = "tensor"
    return out

