import torch


def linear_transformation(model):
    def visit(m):
        if type(m).__name__.startswith("Function"):
            m.W = torch.ones(m.features, m.features, requires_grad=True)
            m.b = torch.ones(m.features, requires_grad=True)
            m.forward = lambda x: x @ m.W.T + m.b

    model.apply(visit)
