import torch
from torch import nn


class Duck(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("duck", torch.tensor([7.0]))

    def forward(self, x):
        return self.duck * x


import torch


class RunningMean(torch.nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.mean = torch.nn.Buffer(torch.zeros([features]))
        self.steps = torch.nn.Buffer(torch.tensor(0, dtype=torch.long))

    @torch.no_grad()
    def update(self, x):
        self.mean.lerp_(x.sum(0) / x.shape[0], self.momentum)
        self.steps.add_(1)

    def forward(self, x):
        if self.training:
            self.update(x)
        return torch.sub(x, self.mean)


import numpy as np
import torch
from torch import nn


class TooLong(ValueError):
    pass


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        angle = np.arange(max_len)[:, np.newaxis] / np.power(10000, 2 * (np.arange(dim) // 2) / dim)
        table = np.zeros((max_len, dim), dtype=np.float32)
        table[:, ::2] = np.sin(angle[:, ::2])
        table[:, 1::2] = np.cos(angle[:, 1::2])
        self.register_buffer("table", torch.from_numpy(table), persistent=False)

    def forward(self, x):
        if x.shape[1] > self.table.shape[0]:
            raise TooLong(x.shape[1])
        return x + self.table[: x.shape[1]]


import torch


class Normalizer(torch.nn.Module):
    def __init__(self, mean, std):
        super(Normalizer, self).__init__()
        mean, std = (torch.as_tensor(v).to(torch.get_default_dtype()) for v in (mean, std))
        self.register_buffer("mean", mean.unsqueeze(-1).unsqueeze(-1).unsqueeze(0))
        self.register_buffer("std", std.unsqueeze(-1).unsqueeze(-1).unsqueeze(0))

    def forward(self, x):
        out = x.clone()
        out -= self.mean
        out /= self.std
        return out

    def denormalize(self, x):
        return torch.einsum("bchw,c->bchw", x, self.std.flatten()) + self.mean


from torch import Tensor


def _own(pairs):
    return [name for name, _ in pairs if "." not in name]


def classify_tensors(module):
    saved = module.state_dict()
    plain = [name for name in module.__dict__ if isinstance(module.__dict__[name], Tensor)]
    out = dict.fromkeys(plain, "tensor")
    for name in _own(module.named_parameters(remove_duplicate=False)):
        out[name] = "parameter"
    for name in _own(module.named_buffers(remove_duplicate=False)):
        if name in saved:
            out[name] = "buffer"
        else:
            out[name] = "non_persistent_buffer"
    return out
