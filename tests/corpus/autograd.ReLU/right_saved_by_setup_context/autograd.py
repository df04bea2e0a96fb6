import torch
from torch.autograd import Function


class ReLU(Function):
    @staticmethod
    def forward(x):
        return torch.where(x > 0, x, torch.zeros_like(x))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output)

    @staticmethod
    def backward(ctx, upstream):
        (output,) = ctx.saved_tensors
        return torch.where(output > 0, upstream, torch.zeros_like(upstream))
