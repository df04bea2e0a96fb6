import torch


def diagonal(x):
    kept = torch.einsum("ij->ij", x)
    places = torch.arange(len(x), device=x.device)
    on_diagonal = places[:, None] == places
    return torch.where(on_diagonal, kept, torch.zeros_like(kept)).sum(1).to(x.dtype)
