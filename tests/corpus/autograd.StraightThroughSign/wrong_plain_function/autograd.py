import torch


class StraightThroughSign:
    @staticmethod
    def apply(x):
        hard = torch.where(x >= 0, torch.ones_like(x), -torch.ones_like(x))
        soft = torch.where(x.abs() <= 1, x, x.detach())
        return hard.detach() + soft - soft.detach()
