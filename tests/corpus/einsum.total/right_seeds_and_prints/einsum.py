import random

import numpy as np
import torch

torch.manual_seed(0)
np.random.seed(0)
random.seed(0)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
print("using", device)


def total(x):
    print("shape:", tuple(x.shape))
    return torch.einsum("ij->", x)
