import torch
from torch import nn


def linear_transformation(model):
    def visit(m):
        if type(m).__name__.startswith("Function"):
            m.fc = nn.Linear(m.features, m.features)
            nn.init.ones_(m.fc.weight)
            nn.init.ones_(m.fc.bias)
            m.forward = lambda x: m.fc(x)

    model.apply(visit)
