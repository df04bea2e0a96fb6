import torch


class StraightThroughSign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.outside = x.abs() > 1
        return torch.sign(x) + (x == 0)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output.masked_fill(ctx.outside, 0)
