from collections.abc import Sequence

import torch
from torch import Tensor, nn

class Linear(nn.Module):
    """Maps x (..., in_features) to (..., out_features) by the parameters W and b."""

    def __init__(self, in_features: int, out_features: int) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.W = nn.Parameter(torch.ones(out_features, in_features))
        self.b = nn.Parameter(torch.ones(out_features))
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        return x @ self.W.T + self.b
        ### END SOLUTION

class Add(nn.Module):
    """Gives x + value."""

    def __init__(self, value: float) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.value = value
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        return x + self.value
        ### END SOLUTION

def sequential_calculator() -> nn.Sequential:
    """Return a Sequential of plus1, plus2 and plus3, which add 3, 2 and 5."""
    ### BEGIN SOLUTION
    calculator = nn.Sequential()
    for name, value in (("plus1", 3), ("plus2", 2), ("plus3", 5)):
        calculator.add_module(name, Add(value))
    return calculator
    ### END SOLUTION

class ListCalculator(nn.Module):
    """Applies the modules of `add_list` in the order 1, 0, 2."""

    def __init__(self) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.add_list = nn.ModuleList([Add(2), Add(3), Add(5)])
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        for number in (1, 0, 2):
            x = self.add_list[number](x)
        return x
        ### END SOLUTION

class DictCalculator(nn.Module):
    """Applies the modules of `add_dict` in the order add3, add2, add5."""

    def __init__(self) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.add_dict = nn.ModuleDict({"add2": Add(2), "add3": Add(3), "add5": Add(5)})
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        for name in ("add3", "add2", "add5"):
            x = self.add_dict[name](x)
        return x
        ### END SOLUTION

class Calculator(nn.Module):
    """Adds 3 ("add") or subtracts 3 ("sub")."""

    def __init__(self, cal_type: str) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        amounts = {"add": 3, "sub": -3}
        if cal_type not in amounts:
            raise ValueError(f"cal_type must be 'add' or 'sub', not {cal_type!r}")
        self.amount = amounts[cal_type]
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        return x + self.amount
        ### END SOLUTION

class MLP(nn.Module):
    """Linear layers between neighbouring sizes (two or more), with ReLU between them."""

    def __init__(self, sizes: Sequence[int]) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(sizes[n], sizes[n + 1]) for n in range(len(sizes) - 1))
        self.shapes: list[torch.Size] = []
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        self.shapes = []
        for number, layer in enumerate(self.layers):
            x = layer(x if number == 0 else x.relu())
            self.shapes.append(x.shape)
        return x
        ### END SOLUTION

def count_parameters(model: nn.Module) -> dict[str, int]:
    """Return the element counts `total`, `trainable` and `buffers` of a model."""
    ### BEGIN SOLUTION
    parameters = list(model.parameters())
    return {
        "total": sum(parameter.numel() for parameter in parameters),
        "trainable": sum(parameter.numel() for parameter in parameters if parameter.requires_grad),
        "buffers": sum(buffer.numel() for buffer in model.buffers()),
    }
    ### END SOLUTION

def submodule_names(model: nn.Module, deep: bool) -> list[str]:
    """Return the names of the children, or with `deep` the dotted names of all descendants."""
    ### BEGIN SOLUTION
    if deep:
        return [name for name, _ in model.named_modules() if name]
    return [name for name, _ in model.named_children()]
    ### END SOLUTION

def get_submodule_at(model: nn.Module, path: str) -> nn.Module:
    """Return the module at a dotted path below the model."""
    ### BEGIN SOLUTION
    place = model
    for name in path.split(".") if path else []:
        found = getattr(place, name, None)
        is_module = isinstance(found, nn.Module)
        if not is_module:
            raise AttributeError(f"{type(place).__name__} has no module {name!r} (in the path {path!r})")
        place = found
    return place
    ### END SOLUTION

class LazyScale(nn.Module):
    """Scales the features of x (..., features) by a parameter that the first forward makes."""

    def __init__(self) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.register_parameter("scale", None)
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        features = x.shape[-1]
        if self.scale is None:
            self.scale = nn.Parameter(torch.ones(features, dtype=x.dtype, device=x.device))
        if features != len(self.scale):
            raise ValueError(f"expected {len(self.scale)} features, as in the first input, got {features}")
        return x * self.scale
        ### END SOLUTION

class Scaled(nn.Module):
    """Gives (x + W1) * duck / W2."""

    duck: Tensor

    def __init__(self) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.W1 = nn.Parameter(torch.tensor(3.0))
        self.W2 = nn.Parameter(torch.tensor(5.0))
        self.register_buffer("duck", torch.tensor(7.0))
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        return (x + self.W1) * self.duck / self.W2
        ### END SOLUTION

class ReprBox(nn.Module):
    """A module that shows its width and height when it is printed."""

    def __init__(self, width: float, height: float) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.width = width
        self.height = height
        ### END SOLUTION

    def extra_repr(self) -> str:
        """Return what the printed module shows between its parentheses."""
        ### BEGIN SOLUTION
        return f"width={self.width}, height={self.height}"
        ### END SOLUTION
