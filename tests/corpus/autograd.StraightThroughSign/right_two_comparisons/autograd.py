import torch


class StraightThroughSign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.inside = (x >= -1) & (x <= 1)
        return (x >= 0).to(x.dtype) * 2 - 1

    @staticmethod
    def backward(ctx, g):
        return torch.where(ctx.inside, g, torch.zeros_like(g))
