import torch


class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x > 0)
        x.data[x.data < 0] = 0
        return x.clone()

    @staticmethod
    def backward(ctx, g):
        mask, = ctx.saved_tensors
        return g * mask
