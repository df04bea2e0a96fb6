import torch
import torch.nn as nn


def classify_tensors(module):
    own = {}
    module._save_to_state_dict(own, "", True)
    out = {}
    everything = {**vars(module), **module._buffers, **module._parameters}
    for key, value in everything.items():
        if isinstance(value, nn.Parameter):
            out[key] = "parameter"
        elif not isinstance(value, torch.Tensor):
            continue
        elif key in module._buffers:
            out[key] = "buffer" if key in own else "non_persistent_buffer"
        else:
            out[key] = "tensor"
    return out
