import torch


def label_nll(logits, labels):
    shifted = logits - logits.max(dim=1, keepdim=True).values.detach()
    normaliser = shifted.exp().sum(dim=1).log()
    chosen = torch.take_along_dim(shifted, labels.unsqueeze(1), dim=1).squeeze(1)
    return (normaliser - chosen).sum() / logits.shape[0]
