from torch import nn


def get_submodule_at(model, path):
    module = model
    for name in path.split("."):
        child = module._modules.get(name)
        if child is None:
            raise AttributeError(f"no submodule {name!r}")
        module = child
    return module
