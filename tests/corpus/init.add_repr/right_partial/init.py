from functools import partial


def _show(label):
    return "name=%s" % label


def add_repr(model, names):
    def visit(module):
        name = module.__class__.__name__
        if name in names.keys():
            object.__setattr__(module, "extra_repr", partial(_show, names[name]))

    return model.apply(visit)
