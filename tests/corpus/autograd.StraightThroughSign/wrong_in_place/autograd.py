import torch


class StraightThroughSign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.inside = x.abs() <= 1
        out = x.detach()
        out[out >= 0] = 1
        out[out < 0] = -1
        return out.clone()

    @staticmethod
    def backward(ctx, g):
        return g * ctx.inside
