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
