from torch import nn


def init_constant(model, weight, bias):
    def f(m):
        if isinstance(m, nn.Linear):
            for p, v in ((m.weight, weight), (m.bias, bias)):
                if p is not None:
                    p.requires_grad = False
                    p.fill_(v)

    return model.apply(f)
