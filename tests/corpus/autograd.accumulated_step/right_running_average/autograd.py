import torch


class Accumulator:
    def __init__(self, optimizer):
        self.optimizer = optimizer
        self.count = 0
        optimizer.zero_grad()

    def parameters(self):
        for group in self.optimizer.param_groups:
            yield from (p for p in group["params"] if p.grad is not None)

    @torch.no_grad()
    def rescale(self, factor):
        for parameter in self.parameters():
            parameter.grad.mul_(factor)

    def add(self, loss, size):
        self.rescale(self.count / (self.count + size))
        self.count += size
        (loss * size / self.count).backward()


def accumulated_step(model, batches, loss_fn, optimizer):
    accumulator = Accumulator(optimizer)
    for x, y in batches:
        accumulator.add(loss_fn(model(x), y), len(x))
    optimizer.step()
