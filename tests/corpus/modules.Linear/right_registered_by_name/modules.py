import torch
import torch.nn as nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        for name, shape in {"W": (out_features, in_features), "b": (out_features,)}.items():
            self.register_parameter(name, nn.Parameter(torch.empty(shape)))
        self.reset_parameters()

    def reset_parameters(self):
        for parameter in self.parameters():
            nn.init.ones_(parameter)

    def forward(self, x):
        weight, bias = self.W, self.b
        return torch.matmul(x, weight.transpose(0, 1)) + bias
