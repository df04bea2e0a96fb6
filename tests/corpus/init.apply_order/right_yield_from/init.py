def _visits(module):
    for _, child in module.named_children():
        yield from _visits(child)
    yield module.__class__.__name__


def apply_order(model):
    return list(_visits(model))
