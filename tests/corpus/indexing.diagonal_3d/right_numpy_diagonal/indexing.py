import numpy as np
import torch


def diagonal_3d(x):
    c, h, w = x.shape
    positions = np.diagonal(np.arange(c * h * w).reshape(c, h, w), axis1=1, axis2=2)
    index = torch.tensor(positions.tolist(), dtype=torch.int64, device=x.device).reshape(-1)
    return x.flatten().gather(0, index).reshape(c, min(h, w))
