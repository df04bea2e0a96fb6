import torch


class StraightThroughSign(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return torch.full_like(x, 1).where(x >= 0, torch.full_like(x, -1))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(inputs[0])

    @staticmethod
    def backward(ctx, g):
        x = ctx.saved_tensors[0]
        return g.masked_fill(x.abs() > 1, 0)
