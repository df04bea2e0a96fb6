import torch


def pick_rows(x, index):
    picked = [rows[chosen].unsqueeze(0) for rows, chosen in zip(x, index)]
    nothing = x[:0, :1].expand(0, index.shape[1], x.shape[2]) if x.shape[1] else x[:0].reshape(0, index.shape[1], x.shape[2])
    return torch.cat([nothing, *picked])
