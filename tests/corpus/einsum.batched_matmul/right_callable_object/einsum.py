import torch


class Contraction:
    def __init__(self, equation):
        self.equation = equation

    def __call__(self, a, b):
        return torch.einsum(self.equation, a, b)


batched_matmul = Contraction("bik,bkj->bij")
