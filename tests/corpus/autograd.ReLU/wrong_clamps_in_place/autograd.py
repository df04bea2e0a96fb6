import torch


class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mask = x > 0
        return x.clamp_(min=0).clone()

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * ctx.mask
