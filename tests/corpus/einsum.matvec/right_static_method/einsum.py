import torch


class Answers:
    @staticmethod
    def solve(m, v):
        return torch.einsum("ij,j->i", m, v)


matvec = Answers.solve
