import torch


class Base(torch.autograd.Function):
    @staticmethod
    def backward(ctx, grad):
        x, = ctx.saved_tensors
        zero = torch.zeros((), dtype=grad.dtype, device=grad.device)
        return torch.where(x > 0, grad, zero)


class ReLU(Base):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x > 0, x, torch.zeros_like(x))
