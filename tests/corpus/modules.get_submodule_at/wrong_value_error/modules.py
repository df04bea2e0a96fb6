from torch import nn


def get_submodule_at(model, path):
    for name in filter(None, path.split(".")):
        model = getattr(model, name)
        if not isinstance(model, nn.Module):
            raise ValueError(f"{name} is no module")
    return model
