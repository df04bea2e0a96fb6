import torch


class StraightThroughSign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x.clamp(-1, 1).eq(x).type_as(x))
        return x.ge(0).type_as(x).sub(0.5).mul(2)

    @staticmethod
    def backward(ctx, *grads):
        window, = ctx.saved_tensors
        return grads[0].mul(window)
