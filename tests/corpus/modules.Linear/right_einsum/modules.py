import torch


class Linear(torch.nn.Module):
    def __init__(self, in_features: int, out_features: int) -> None:
        super(Linear, self).__init__()
        self.b = torch.nn.Parameter(torch.empty(out_features).fill_(1))
        self.W = torch.nn.Parameter(torch.empty(out_features, in_features).fill_(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.einsum("...i,oi->...o", x, self.W).add(self.b)
