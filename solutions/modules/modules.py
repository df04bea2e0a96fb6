# %% [markdown] lang="en"
# # Modules: boxes that hold parameters and other boxes
#
# An `nn.Module` is a Python object with a `forward` and with a list of what it holds. When you assign an `nn.Parameter`
# or another module to an attribute, it is **registered**: it then appears in `parameters()`, in the state_dict and in
# the printed model, and `.to` and `.double` reach it. What you hide in a plain tensor, list or dict is not.
#
# Two rules carry this assignment. `super().__init__()` comes first in every `__init__`. And what has to live longer
# than one call is made in `__init__`, or once at the first call, but never anew in each `forward`.
# %% [markdown] lang="ko"
# # 모듈: 파라미터와 다른 상자를 담는 상자
#
# `nn.Module`은 `forward`가 있고, 자신이 가진 것의 목록을 관리하는 파이썬 객체입니다. `nn.Parameter`나 다른 모듈을
# 속성에 대입하면 **등록**됩니다. 그러면 `parameters()`와 state_dict와 출력된 모델에 나타나고, `.to`와 `.double`이
# 거기까지 닿습니다. 그냥 텐서나 리스트나 딕셔너리 안에 숨긴 것은 그렇지 않습니다.
#
# 이 과제는 두 가지 규칙이면 충분합니다. 모든 `__init__`은 `super().__init__()`로 시작합니다. 그리고 호출 한 번보다 오래
# 살아야 하는 것은 `__init__`에서, 또는 첫 호출에서 한 번만 만들고, `forward`에서 매번 새로 만들지 않습니다.
# %%
from collections.abc import Sequence

import torch
from torch import Tensor, nn

# %% [markdown] lang="en"
# ## `Linear(in_features, out_features)`
# Your own linear layer, with a parameter `W` of shape `(out, in)` and a parameter `b` of shape `(out,)`, both ones at
# the start. The result is `x Wᵀ + b`, where x may have any leading dimensions. Not allowed: `nn.Linear` and
# `nn.functional.linear`.
# %% [markdown] lang="ko"
# ## `Linear(in_features, out_features)`
# 직접 만드는 선형 층입니다. 모양이 `(out, in)`인 파라미터 `W`와 `(out,)`인 파라미터 `b`가 있고, 처음에는 모두 1입니다.
# 결과는 `x Wᵀ + b`이며 x의 앞쪽 차원은 몇 개라도 좋습니다. `nn.Linear`와 `nn.functional.linear`는 쓸 수 없습니다.


# %% exercise="Linear"
class Linear(nn.Module):
    """Maps x (..., in_features) to (..., out_features): x Wᵀ + b.

    The parameters W (out_features, in_features) and b (out_features,) are ones at the start. Without `nn.Linear` and
    `nn.functional.linear`.
    """

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


# %% [markdown] lang="en"
# ## `Add(value)`
# A module that adds a number to its input. Integers plus an integer stay integers.
# %% [markdown] lang="ko"
# ## `Add(value)`
# 입력에 수 하나를 더하는 모듈입니다. 정수에 정수를 더하면 정수로 남습니다.


# %% exercise="Add"
class Add(nn.Module):
    """Gives x + value; integers plus an integer stay integers."""

    def __init__(self, value: float) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.value = value
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        return x + self.value
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `sequential_calculator()`
# An `nn.Sequential` needs no `forward`: it applies its children in order. Return one whose children are named `plus1`,
# `plus2` and `plus3` and add 3, 2 and 5.
# %% [markdown] lang="ko"
# ## `sequential_calculator()`
# `nn.Sequential`은 자식을 순서대로 적용하므로 `forward`가 필요 없습니다. 자식의 이름이 `plus1`, `plus2`, `plus3`이고
# 각각 3, 2, 5를 더하는 `nn.Sequential`을 돌려주세요.


# %% exercise="sequential_calculator"
def sequential_calculator() -> nn.Sequential:
    """Return a Sequential of plus1, plus2 and plus3, which add 3, 2 and 5."""
    ### BEGIN SOLUTION
    calculator = nn.Sequential()
    for name, value in (("plus1", 3), ("plus2", 2), ("plus3", 5)):
        calculator.add_module(name, Add(value))
    return calculator
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `ListCalculator()`
# Here you decide the order. `add_list` is an `nn.ModuleList` of `Add(2)`, `Add(3)` and `Add(5)`; `forward` applies
# number 1 first, then 0, then 2. A Python list would hide the modules. If somebody replaces a module of `add_list`,
# the new one is used.
# %% [markdown] lang="ko"
# ## `ListCalculator()`
# 이번에는 순서를 직접 정합니다. `add_list`는 `Add(2)`, `Add(3)`, `Add(5)`를 담은 `nn.ModuleList`이고, `forward`는
# 1번을 먼저, 그다음 0번, 그다음 2번을 적용합니다. 파이썬 리스트를 쓰면 모듈이 숨겨집니다. 누군가 `add_list`의 모듈을
# 바꾸면 새 모듈이 쓰입니다.


# %% exercise="ListCalculator"
class ListCalculator(nn.Module):
    """Applies the modules of `add_list`, an `nn.ModuleList` of Add(2), Add(3) and Add(5), in the order 1, 0, 2.

    A module that is put into `add_list` later is used.
    """

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


# %% [markdown] lang="en"
# ## `DictCalculator()`
# The same with names: `add_dict` is an `nn.ModuleDict` with the keys `add2`, `add3` and `add5`, each adding its number;
# `forward` applies `add3`, `add2` and `add5`, in this order.
# %% [markdown] lang="ko"
# ## `DictCalculator()`
# 이름으로 하는 같은 일입니다. `add_dict`는 키가 `add2`, `add3`, `add5`인 `nn.ModuleDict`이고 각각 자기 수를 더합니다.
# `forward`는 `add3`, `add2`, `add5`를 이 순서로 적용합니다.


# %% exercise="DictCalculator"
class DictCalculator(nn.Module):
    """Applies the modules of `add_dict`, an `nn.ModuleDict`, in the order add3, add2, add5.

    Its keys are `add2`, `add3` and `add5`, each of which adds its number.
    """

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


# %% [markdown] lang="en"
# ## `Calculator(cal_type)`
# `"add"` gives x + 3 and `"sub"` gives x - 3. Any other word raises ValueError with the word in its message, when the
# module is made or when it is called.
# %% [markdown] lang="ko"
# ## `Calculator(cal_type)`
# `"add"`이면 x + 3, `"sub"`이면 x - 3입니다. 다른 단어는 모듈을 만들 때나 부를 때, 그 단어가 메시지에 들어 있는
# ValueError를 일으킵니다.


# %% exercise="Calculator"
class Calculator(nn.Module):
    """Adds 3 ("add") or subtracts 3 ("sub").

    Any other word raises ValueError with the word in its message, when the module is made or when it is called.
    """

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


# %% [markdown] lang="en"
# ## `MLP(sizes)`
# A network of any depth: `MLP([4, 8, 3])` has linear layers from 4 to 8 and from 8 to 3 features, held in the
# `nn.ModuleList` `layers`, which holds nothing else. Take `nn.Linear` or your own. A ReLU stands between any two
# layers, and none after the last. After a forward, `shapes` lists the shape of each layer's output in that forward.
# %% [markdown] lang="ko"
# ## `MLP(sizes)`
# 깊이가 자유로운 신경망입니다. `MLP([4, 8, 3])`에는 특징 4개에서 8개로, 8개에서 3개로 가는 선형 층이 있고, 이 층들만
# `nn.ModuleList` `layers`에 담깁니다. `nn.Linear`를 써도 되고 직접 만든 것을 써도 됩니다. 층과 층 사이에는 ReLU가
# 있고, 마지막 층 뒤에는 없습니다. 순전파가 끝나면 `shapes`에는 그 순전파에서 나온 각 층의 출력 모양이 들어 있습니다.


# %% exercise="MLP"
class MLP(nn.Module):
    """Linear layers between neighbouring sizes (two or more), with ReLU between them and none after the last.

    The `nn.ModuleList` `layers` holds them and nothing else. After a forward, `shapes` lists the shape of each layer's
    output in that forward.
    """

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


# %% [markdown] lang="en"
# ## `count_parameters(model)`
# How large is a model? Return `{"total": ..., "trainable": ..., "buffers": ...}`, numbers of elements: of all
# parameters, of those that require grad, of all buffers. A parameter that two modules share counts once.
# %% [markdown] lang="ko"
# ## `count_parameters(model)`
# 모델은 얼마나 클까요? `{"total": ..., "trainable": ..., "buffers": ...}`를 돌려주세요. 각각 모든 파라미터,
# requires_grad인 파라미터, 모든 버퍼의 원소 개수입니다. 두 모듈이 함께 쓰는 파라미터는 한 번만 셉니다.


# %% exercise="count_parameters"
def count_parameters(model: nn.Module) -> dict[str, int]:
    """Return the element counts `total`, `trainable` and `buffers` of a model.

    They count all parameters, those that require grad, and all buffers; what two modules share counts once.
    """
    ### BEGIN SOLUTION
    parameters = list(model.parameters())
    return {
        "total": sum(parameter.numel() for parameter in parameters),
        "trainable": sum(parameter.numel() for parameter in parameters if parameter.requires_grad),
        "buffers": sum(buffer.numel() for buffer in model.buffers()),
    }
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `submodule_names(model, deep)`
# Without `deep`, return the names of the model's direct children. With it, return the dotted names of all its
# descendants in the order of `named_modules`; a module that is there twice comes once, and the model itself, whose
# name is empty, is left out.
# %% [markdown] lang="ko"
# ## `submodule_names(model, deep)`
# `deep`이 거짓이면 모델의 바로 아래 자식들의 이름을 돌려주세요. 참이면 모든 자손의 점으로 이은 이름을 `named_modules`의
# 순서대로 돌려주세요. 두 번 들어 있는 모듈은 한 번만 나오고, 이름이 비어 있는 모델 자신은 빠집니다.


# %% exercise="submodule_names"
def submodule_names(model: nn.Module, deep: bool) -> list[str]:
    """Return the names of the children, or with `deep` the dotted names of all descendants.

    They come in the order of `named_modules`, a module that is there twice once, and without the model itself.
    """
    ### BEGIN SOLUTION
    if deep:
        return [name for name, _ in model.named_modules() if name]
    return [name for name, _ in model.named_children()]
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `get_submodule_at(model, path)`
# Follow a dotted path such as `"encoder.0.fc"` and return the module that is there; `""` is the model itself. A name
# that does not exist, or is not the name of a module (the last one of `"fc.weight"`), raises AttributeError with that
# name in its message. Not allowed: `get_submodule`.
# %% [markdown] lang="ko"
# ## `get_submodule_at(model, path)`
# `"encoder.0.fc"`처럼 점으로 이은 경로를 따라가 그곳의 모듈을 돌려주세요. `""`는 모델 자신입니다. 없는 이름이나
# 모듈이 아닌 것의 이름(`"fc.weight"`의 마지막 이름)은, 그 이름이 메시지에 들어 있는 AttributeError를 일으킵니다.
# `get_submodule`은 쓸 수 없습니다.


# %% exercise="get_submodule_at"
def get_submodule_at(model: nn.Module, path: str) -> nn.Module:
    """Return the module at a dotted path below the model; "" is the model itself.

    A name that does not exist or is no module's raises AttributeError with that name in its message. Without
    `get_submodule`.
    """
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


# %% [markdown] lang="en"
# ## `LazyScale()`
# It multiplies each feature, along the last dimension, by a trainable number. How many features there are is known only
# at the first forward: there the parameter is made, all ones, under any name. From then on it is in the state_dict and
# can be trained, and an input with another number of features raises an error.
# %% [markdown] lang="ko"
# ## `LazyScale()`
# 마지막 차원의 특징마다 학습되는 수를 하나씩 곱합니다. 특징이 몇 개인지는 첫 순전파에서야 알 수 있습니다. 그때 모두
# 1인 파라미터를 만들며 이름은 자유입니다. 그 뒤로 파라미터는 state_dict에 들어 있고 학습할 수 있으며, 특징의 개수가
# 다른 입력은 오류를 일으킵니다.


# %% exercise="LazyScale"
class LazyScale(nn.Module):
    """Scales the features of x (..., features) by a parameter that the first forward makes, all ones.

    From then on it is in the state_dict and can be trained, and another number of features raises an error.
    """

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


# %% [markdown] lang="en"
# ## `Scaled()`
# Computes `(x + W1) * duck / W2` with parameters `W1` = 3 and `W2` = 5 and a buffer `duck` = 7, all its own and of one
# element each. It neither holds another module nor builds one, least of all in `forward`, where it would be new and
# untrained at every call.
# %% [markdown] lang="ko"
# ## `Scaled()`
# 파라미터 `W1` = 3, `W2` = 5와 버퍼 `duck` = 7로 `(x + W1) * duck / W2`를 계산합니다. 셋 다 자신이 직접 가지며 원소가
# 하나씩입니다. 다른 모듈을 갖지도 만들지도 않습니다. 특히 `forward` 안에서 만들면 부를 때마다 학습되지 않은 새것이
# 됩니다.


# %% exercise="Scaled"
class Scaled(nn.Module):
    """Gives (x + W1) * duck / W2, with parameters W1 = 3 and W2 = 5 and the buffer duck = 7, of one element each.

    They are its own: it neither holds nor builds another module.
    """

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


# %% [markdown] lang="en"
# ## `ReprBox(width, height)`
# What stands between the parentheses of a printed module is up to its `extra_repr`. Print `width=W, height=H`, so that
# `print(ReprBox(3, 4))` shows `ReprBox(width=3, height=4)`.
# %% [markdown] lang="ko"
# ## `ReprBox(width, height)`
# 모듈을 출력할 때 괄호 안에 무엇이 나올지는 `extra_repr`이 정합니다. `width=W, height=H`를 보여 주세요. 그러면
# `print(ReprBox(3, 4))`는 `ReprBox(width=3, height=4)`를 출력합니다.


# %% exercise="ReprBox"
class ReprBox(nn.Module):
    """A module that shows its width and height when it is printed: `ReprBox(width=3, height=4)`."""

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
