import torch
from torch import nn

import numpy as np
def init_by_type(model, seed):
    rng = np.random.default_rng(seed)
    def visit(m):
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            shape = tuple(m.weight.shape)
            fan_in = int(np.prod(shape[1:]))
            b = (6 / fan_in) ** 0.5 if len(shape) == 4 else (6 / sum(shape)) ** 0.5
            with torch.no_grad(): m.weight.copy_(torch.from_numpy(np.clip(rng.normal(0, b / 3 ** .5, size=shape), -b, b)))
            if m.bias is not None: nn.init.constant_(m.bias, 0)
        if isinstance(m, nn.modules.batchnorm._BatchNorm) and m.weight is not None:
            nn.init.constant_(m.weight, 1); nn.init.constant_(m.bias, 0)
    model.apply(visit)
