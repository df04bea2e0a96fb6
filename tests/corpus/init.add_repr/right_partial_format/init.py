from functools import partial

from torch import nn


def _visit(module, names):
    kind = module._get_name()
    if kind not in names:
        return
    rest = type(module).extra_repr(module)
    setattr(module, "extra_repr", partial("name={}{}".format, names[kind], ", " + rest if rest else ""))


def add_repr(model, names):
    nn.Module.apply(model, partial(_visit, names=names))
    return model
