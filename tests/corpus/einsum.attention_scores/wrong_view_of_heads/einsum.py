import torch


def attention_scores(q, k):
    b, h, t, d = q.shape
    flat = torch.einsum("nqd,nkd->nqk", q.view(b * h, t, d), k.view(b * h, k.shape[2], d))
    return flat.view(b, h, t, k.shape[2])
