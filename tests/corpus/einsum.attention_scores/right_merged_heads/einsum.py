import torch


def attention_scores(q, k):
    b, h, queries, _ = q.shape
    merged = torch.einsum("nqd,nkd->nqk", q.flatten(0, 1), k.flatten(0, 1))
    return merged.reshape(b, h, queries, k.shape[2])
