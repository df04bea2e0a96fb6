from torch import nn
import copy


def get_submodule_at(model, path):
    for name in filter(None, path.split(".")):
        model = getattr(model, name)
        if not isinstance(model, nn.Module):
            raise AttributeError(f"{name} is no module")
    return copy.deepcopy(model)
