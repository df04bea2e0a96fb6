import torch


class Gated(torch.autograd.Function):
    @classmethod
    def gate(cls, x):
        raise NotImplementedError

    @staticmethod
    def backward(ctx, grad_output):
        gate, = ctx.saved_tensors
        return torch.mul(grad_output, gate)


class ReLU(Gated):
    @staticmethod
    def forward(ctx, x):
        gate = torch.heaviside(x, torch.zeros((), dtype=x.dtype, device=x.device))
        ctx.save_for_backward(gate)
        return torch.maximum(x, x.new_zeros(()))
