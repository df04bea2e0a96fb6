import torch


class ReLU(torch.autograd.Function):
    saved = None

    @staticmethod
    def forward(ctx, x):
        ReLU.saved = x
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, g):
        return g * (ReLU.saved > 0)
