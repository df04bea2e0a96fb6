"""Right answers to the assignment modules in other styles than the reference's: all of them must pass."""

import itertools
from collections import OrderedDict
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from grader.authoring import alternative


@alternative("modules.Linear")
class LinearByEinsum(nn.Module):
    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.W = nn.Parameter(torch.ones(out_features, in_features))
        self.b = nn.Parameter(torch.ones(out_features))

    def forward(self, x: Tensor) -> Tensor:
        return torch.einsum("...i,oi->...o", x, self.W) + self.b


@alternative("modules.Linear")
class LinearBySums(nn.Module):
    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.register_parameter("W", nn.Parameter(torch.full((out_features, in_features), 1.0)))
        self.register_parameter("b", nn.Parameter(torch.full((out_features,), 1.0)))

    def forward(self, x: Tensor) -> Tensor:
        return (x.unsqueeze(-2) * self.W).sum(-1) + self.b


@alternative("modules.Add")
class AddByFunction(nn.Module):
    def __init__(self, value: float) -> None:
        super().__init__()
        self.value = value

    def forward(self, x: Tensor) -> Tensor:
        return torch.add(x, self.value)


@alternative("modules.Add")
class AddFromTheRight(nn.Module):
    def __init__(self, value: float) -> None:
        super().__init__()
        self.amount = value

    def forward(self, x: Tensor) -> Tensor:
        return self.amount + x


class _Plus(nn.Module):
    def __init__(self, number: float) -> None:
        super().__init__()
        self.number = number

    def forward(self, x: Tensor) -> Tensor:
        return x + self.number


@alternative("modules.sequential_calculator")
def sequential_of_a_dict() -> nn.Sequential:
    return nn.Sequential(OrderedDict([("plus1", _Plus(3)), ("plus2", _Plus(2)), ("plus3", _Plus(5))]))


@alternative("modules.sequential_calculator")
def sequential_of_additions() -> nn.Sequential:
    model = nn.Sequential()
    for place, number in enumerate((3, 2, 5), start=1):
        model.add_module(f"plus{place}", _Plus(number))
    return model


@alternative("modules.Calculator")
class CalculatorBySign(nn.Module):
    def __init__(self, cal_type: str) -> None:
        super().__init__()
        if cal_type not in ("add", "sub"):
            raise ValueError(f"no such calculation: {cal_type}")
        self.sign = 1 if cal_type == "add" else -1

    def forward(self, x: Tensor) -> Tensor:
        return x + self.sign * 3


@alternative("modules.Calculator")
class CalculatorThatDecidesLate(nn.Module):
    def __init__(self, cal_type: str) -> None:
        super().__init__()
        self.cal_type = cal_type

    def forward(self, x: Tensor) -> Tensor:
        match self.cal_type:
            case "add":
                return torch.add(x, 3)
            case "sub":
                return torch.sub(x, 3)
        raise ValueError(self.cal_type)


@alternative("modules.MLP")
class MLPByPairs(nn.Module):
    def __init__(self, sizes: Sequence[int]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(before, after) for before, after in itertools.pairwise(sizes))
        self.shapes: list[torch.Size] = []

    def forward(self, x: Tensor) -> Tensor:
        self.shapes = []
        last = len(self.layers) - 1
        for place, layer in enumerate(self.layers):
            x = layer(x)
            self.shapes.append(x.shape)
            if place < last:
                x = x.clamp(min=0)
        return x


@alternative("modules.MLP")
class MLPWithReluBefore(nn.Module):
    def __init__(self, sizes: Sequence[int]) -> None:
        super().__init__()
        self.layers = nn.ModuleList()
        for place in range(len(sizes) - 1):
            self.layers.append(nn.Linear(sizes[place], sizes[place + 1]))
        self.shapes: list[torch.Size] = []

    def forward(self, x: Tensor) -> Tensor:
        shapes = []
        for place, layer in enumerate(self.layers):
            x = layer(torch.relu(x) if place else x)
            shapes.append(x.size())
        self.shapes = shapes
        return x


@alternative("modules.LazyScale")
class LazyScaleOfNone(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.register_parameter("scale", None)

    def forward(self, x: Tensor) -> Tensor:
        if self.scale is None:
            self.scale = nn.Parameter(torch.ones(x.shape[-1], dtype=x.dtype, device=x.device))
        if x.shape[-1] != len(self.scale):
            raise ValueError(f"{len(self.scale)} features were there at first, {x.shape[-1]} are now")
        return x * self.scale


@alternative("modules.LazyScale")
class LazyScaleThatIsMaterialized(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.UninitializedParameter()

    def forward(self, x: Tensor) -> Tensor:
        if isinstance(self.weights, nn.UninitializedParameter):
            self.weights.materialize((x.shape[-1],))
            with torch.no_grad():
                self.weights.fill_(1)
        if x.shape[-1] != self.weights.shape[0]:
            raise RuntimeError("another number of features")
        return self.weights * x


@alternative("modules.Scaled")
class ScaledOfNumbers(nn.Module):
    duck: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.W1 = nn.Parameter(torch.tensor(3.0))
        self.W2 = nn.Parameter(torch.tensor(5.0))
        self.register_buffer("duck", torch.tensor(7.0))

    def forward(self, x: Tensor) -> Tensor:
        return torch.div((x + self.W1) * self.duck, self.W2)


@alternative("modules.Scaled")
class ScaledOfVectors(nn.Module):
    duck: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("duck", torch.full((1,), 7.0))
        self.W1 = nn.Parameter(torch.full((1,), 3.0))
        self.W2 = nn.Parameter(torch.full((1,), 5.0))

    def forward(self, x: Tensor) -> Tensor:
        return torch.add(x, self.W1) / self.W2 * self.duck
