import torch
import torch.nn.functional as F


def linear_transformation(model):
    def transform(m):
        if not m.__class__.__name__.startswith("Function"):
            return
        for name, shape in (("W", [m.features] * 2), ("b", [m.features])):
            setattr(m, name, torch.nn.Parameter(torch.full(shape, 1.0)))

        def forward(x):
            return F.linear(x, m.W, m.b)

        m.forward = forward

    model.apply(transform)
    return model
