from torch import nn


def get_submodule_at(model, path):
    module = model
    if path == "":
        return module
    for name in path.split("."):
        child = getattr(module, name, None)
        if not isinstance(child, nn.Module):
            raise AttributeError(f"{type(module).__name__} has no submodule {name!r} (path {path!r})")
        module = child
    return module
