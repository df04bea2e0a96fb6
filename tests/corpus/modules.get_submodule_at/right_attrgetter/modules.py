from torch import nn
from operator import attrgetter


def get_submodule_at(model, path):
    found = attrgetter(path)(model) if path else model
    if isinstance(found, nn.Module):
        return found
    raise AttributeError(f"{path} is no module")
