import numpy as np
import torch


def bilinear(x, w, y):
    result = np.asarray(np.einsum("bi,oij,bj->bo", x.detach().cpu().numpy(), w.detach().cpu().numpy(), y.detach().cpu().numpy()))
    return torch.from_numpy(result.copy()).to(x)
