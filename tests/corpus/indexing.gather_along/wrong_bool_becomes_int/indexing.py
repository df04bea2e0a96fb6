import torch


def gather_along(x, dim, index):
    dim = dim % x.dim()
    window = tuple(slice(None) if a == dim else slice(index.size(a)) for a in range(x.dim()))
    candidates = x[window].movedim(dim, -1).unsqueeze(-2)
    chosen = index.movedim(dim, -1).unsqueeze(-1) == torch.arange(x.size(dim), device=x.device)
    return torch.where(chosen, candidates, torch.zeros((), dtype=x.dtype)).sum(-1).movedim(-1, dim)
