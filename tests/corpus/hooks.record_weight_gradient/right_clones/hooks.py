import torch


def record_weight_gradient(parameter: torch.nn.Parameter):
    collected: list[torch.Tensor] = []

    def collect(grad: torch.Tensor) -> None:
        collected.append(grad.detach().clone())

    return collected, parameter.register_hook(collect)
