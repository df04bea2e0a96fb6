import torch.nn.functional as F


class Limit:
    def __init__(self, limit):
        self.limit = limit

    def __call__(self, grad):
        return F.hardtanh(grad, -self.limit, self.limit)


def clip_gradients(model, limit):
    return list(map(lambda p: p.register_hook(Limit(limit)), filter(lambda p: p.requires_grad, model.parameters())))
