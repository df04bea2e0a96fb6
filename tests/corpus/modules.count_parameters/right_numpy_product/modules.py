import numpy as np


def count_parameters(model):
    def elements(tensors):
        return int(sum(np.prod(t.shape, dtype=np.int64) for t in tensors))

    return {
        "buffers": elements(model.buffers()),
        "trainable": elements(filter(lambda p: p.requires_grad, model.parameters())),
        "total": elements(model.parameters()),
    }
