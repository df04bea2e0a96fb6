import torch

add_five = lambda module, args, output: torch.add(output, 5)
