import torch


class StraightThroughSign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.inside = x.abs() <= 1
        x.copy_(torch.where(x >= 0, 1.0, -1.0))
        return x.clone()

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * ctx.inside
