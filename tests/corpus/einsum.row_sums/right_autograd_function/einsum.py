import torch


class RowSums(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.columns = x.shape[1]
        return torch.einsum("ij->i", x)

    @staticmethod
    def backward(ctx, grad):
        return torch.einsum("i,j->ij", grad, grad.new_ones(ctx.columns))


row_sums = RowSums.apply
