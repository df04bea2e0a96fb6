import torch
from torch.autograd import Function


class StraightThroughSign(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        s = torch.sign(x)
        s[s == 0] = 1
        return s

    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        grad = grad_output.clone()
        grad[x > 1] = 0
        grad[x < -1] = 0
        return grad
