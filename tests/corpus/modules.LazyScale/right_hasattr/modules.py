import torch


class LazyScale(torch.nn.Module):
    def forward(self, x):
        width = x.size(-1)
        if not hasattr(self, "weight"):
            self.weight = torch.nn.Parameter(x.new_ones(width))
        if self.weight.numel() != width:
            raise RuntimeError("this LazyScale was built for %d features, not %d" % (self.weight.numel(), width))
        return torch.mul(self.weight, x)
