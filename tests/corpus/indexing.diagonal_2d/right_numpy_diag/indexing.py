import numpy as np
import torch


def diagonal_2d(x):
    h, w = x.shape
    positions = np.diag(np.arange(h * w).reshape(h, w)).copy()
    return x.flatten().gather(0, torch.from_numpy(positions).to(x.device))
