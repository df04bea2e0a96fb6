import numpy as np
import torch


def inner(a, b):
    result = np.asarray(np.einsum("ij,ij->", a.detach().cpu().numpy(), b.detach().cpu().numpy()))
    return torch.from_numpy(result.copy()).to(a)
