from math import prod


def _elements(tensors):
    return sum(prod(t.shape) for t in tensors)


def count_parameters(model):
    trainable = _elements(p for _, p in model.named_parameters() if p.requires_grad)
    frozen = _elements(p for _, p in model.named_parameters() if not p.requires_grad)
    return dict(total=trainable + frozen, trainable=trainable, buffers=_elements(b for _, b in model.named_buffers()))
