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
