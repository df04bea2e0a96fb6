import torch


def matmul(a, b):
    columns = [torch.einsum("ij,j->i", a, column).unsqueeze(1) for column in b.unbind(1)]
    nothing = torch.einsum("ij,jk->ik", a, b[:, :0])
    return torch.cat([nothing] + columns, dim=1)
