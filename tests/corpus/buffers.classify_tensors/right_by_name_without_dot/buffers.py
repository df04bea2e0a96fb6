from torch import Tensor


def _own(pairs):
    return [name for name, _ in pairs if "." not in name]


def classify_tensors(module):
    saved = module.state_dict()
    plain = [name for name in module.__dict__ if isinstance(module.__dict__[name], Tensor)]
    out = dict.fromkeys(plain, "tensor")
    for name in _own(module.named_parameters(remove_duplicate=False)):
        out[name] = "parameter"
    for name in _own(module.named_buffers(remove_duplicate=False)):
        if name in saved:
            out[name] = "buffer"
        else:
            out[name] = "non_persistent_buffer"
    return out
