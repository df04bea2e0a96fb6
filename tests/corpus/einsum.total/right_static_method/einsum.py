import torch


class Answers:
    @staticmethod
    def solve(x):
        return torch.einsum("ij->", x)


total = Answers.solve
