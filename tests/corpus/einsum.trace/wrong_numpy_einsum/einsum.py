import numpy as np
import torch


def trace(x):
    result = np.asarray(np.einsum("ii->", x.detach().cpu().numpy()))
    return torch.from_numpy(result.copy()).to(x)
