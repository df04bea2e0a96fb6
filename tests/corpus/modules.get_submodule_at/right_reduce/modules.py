from functools import reduce


def _step(module, name):
    for child_name, child in module._modules.items():
        if child_name == name and child is not None:
            return child
    raise AttributeError(name)


def get_submodule_at(model, path):
    return reduce(_step, path.split(".") if path else [], model)
