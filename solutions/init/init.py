# %% [markdown] lang="en"
# # Init: visiting every module
#
# `model.apply(f)` calls `f` with every module of a model, at any depth: first with the children, then with the module
# that holds them, and at last with the model itself. One short function that looks at one module is then enough to
# initialise, to count or to change a whole network.
#
# Two habits help everywhere here. Change parameters **in place**: an optimizer holds on to the parameter objects that
# it was given, and never hears of new ones. And let randomness come from the **seed you are given**, without
# disturbing the generator that the rest of the program draws from.
# %% [markdown] lang="ko"
# # 초기화: 모든 모듈 방문하기
#
# `model.apply(f)`는 깊이에 관계없이 모델의 모든 모듈로 `f`를 부릅니다. 먼저 자식들, 그다음 그것들을 담은 모듈,
# 마지막으로 모델 자신의 차례입니다. 그래서 모듈 하나를 보는 짧은 함수만 있으면 네트워크 전체를 초기화하거나 세거나
# 바꿀 수 있습니다.
#
# 어디서나 도움이 되는 습관이 두 가지 있습니다. 파라미터는 **제자리에서** 바꾸세요. 옵티마이저는 처음에 받은 파라미터
# 객체를 쥐고 있고, 새 객체가 생겨도 알지 못합니다. 그리고 무작위성은 **주어진 시드**에서 얻되, 프로그램의 나머지가
# 쓰는 생성기는 건드리지 마세요.
# %%
from collections import Counter
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

# %% [markdown] lang="en"
# ## `init_constant(model, weight, bias)`
# With `apply`, fill the weight of every `nn.Linear`, at any depth, with the number `weight`, and its bias with
# `bias`. A layer of a class derived from `nn.Linear` is one, too; a Linear without bias is fine. Fill the parameters
# that are there: they stay the same objects, and a frozen one stays frozen. Return the model.
# %% [markdown] lang="ko"
# ## `init_constant(model, weight, bias)`
# `apply`를 써서 깊이에 관계없이 모든 `nn.Linear`의 가중치를 숫자 `weight`로, 편향을 `bias`로 채우세요.
# `nn.Linear`에서 파생된 클래스의 층도 포함되며, 편향이 없는 Linear도 괜찮습니다. 이미 있는 파라미터를 채우세요. 같은
# 객체로 남아야 하고, 고정된 것은 고정된 채로 남아야 합니다. 모델을 돌려주세요.


# %% exercise="init_constant"
def init_constant(model: nn.Module, weight: float, bias: float) -> nn.Module:
    """Fill every nn.Linear of the model, subclasses included, with the two numbers; return the model.

    With `apply`, at any depth. The parameters stay the same objects, and a frozen one stays frozen; a Linear may have
    no bias.
    """
    ### BEGIN SOLUTION

    def fill(module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.constant_(module.weight, weight)
            if module.bias is not None:
                nn.init.constant_(module.bias, bias)

    return model.apply(fill)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `init_by_type(model, seed)`
# With `apply`, initialise each layer by what it is: a `Conv2d` weight Kaiming uniform (`fan_in`, `relu`), a `Linear`
# weight Xavier uniform, the biases of both 0; a batch norm weight 1 and bias 0, where it has them. Other modules stay
# as they are. The same seed gives the same weights, and the global random generators are left as they were.
# %% [markdown] lang="ko"
# ## `init_by_type(model, seed)`
# `apply`를 써서 층의 종류에 따라 초기화하세요. `Conv2d`의 가중치는 Kaiming 균등 분포(`fan_in`, `relu`), `Linear`의
# 가중치는 Xavier 균등 분포로, 둘의 편향은 0으로 합니다. 배치 정규화는 가중치와 편향이 있다면 각각 1과 0입니다. 다른
# 모듈은 그대로 둡니다. 같은 시드는 같은 가중치를 주고, 전역 난수 생성기는 원래 상태 그대로 남아야 합니다.


# %% exercise="init_by_type"
def init_by_type(model: nn.Module, seed: int) -> None:
    """Initialise Conv2d (Kaiming uniform), Linear (Xavier uniform) and batch norms (1 and 0) in place, by the seed.

    With `apply`; Kaiming with fan_in for relu, the biases of Conv2d and Linear 0. Other modules stay as they are, the
    same seed gives the same weights, and the global random generators are left as they were.
    """
    ### BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)

    def initialise(module: nn.Module) -> None:
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_uniform_(module.weight, mode="fan_in", nonlinearity="relu", generator=generator)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight, generator=generator)
        elif isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d) and module.affine:
            nn.init.ones_(module.weight)
        else:
            return
        if module.bias is not None:
            nn.init.zeros_(module.bias)

    model.apply(initialise)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `apply_order(model)`
# Return the class names of the modules in the order in which `apply` visits them, without calling `apply`. How often
# does it visit a module that two parents hold?
# %% [markdown] lang="ko"
# ## `apply_order(model)`
# `apply`를 부르지 않고, `apply`가 모듈을 방문하는 순서대로 클래스 이름의 리스트를 돌려주세요. 두 부모가 함께 가진
# 모듈은 몇 번 방문할까요?


# %% exercise="apply_order"
def apply_order(model: nn.Module) -> list[str]:
    """Return the class names of all modules in the order of `model.apply`, without calling `apply`.

    A module that two parents hold comes as often as `apply` visits it.
    """
    ### BEGIN SOLUTION
    names = [name for child in model.children() for name in apply_order(child)]
    return [*names, type(model).__name__]
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `inject_weights(model, value)`
# With `apply`, give every module whose class name starts with `F` a parameter `W` of its own that holds the float
# `value` (0-d, or with one element). It must be registered, so that `parameters()` and `state_dict()` show it. Some
# of these modules have a placeholder already: `W` is None there, as a plain attribute or as a registered parameter.
# Replace it. The other modules stay untouched.
# %% [markdown] lang="ko"
# ## `inject_weights(model, value)`
# `apply`를 써서 클래스 이름이 `F`로 시작하는 모든 모듈에 실수 `value`를 담은 자신만의 파라미터 `W`(0차원 또는 원소
# 하나)를 주세요. `parameters()`와 `state_dict()`에 나타나도록 등록되어야 합니다. 어떤 모듈에는 이미 빈자리가
# 있습니다. 일반 속성이거나 등록된 파라미터인 `W`가 None입니다. 그것을 바꾸세요. 다른 모듈은 건드리지 않습니다.


# %% exercise="inject_weights"
def inject_weights(model: nn.Module, value: float) -> None:
    """Register a parameter W of one element, the float value, with every module whose class name starts with F.

    With `apply`. A W that is None there, as an attribute or as a registered parameter, is replaced; each module has a
    parameter of its own, and other modules stay untouched.
    """
    ### BEGIN SOLUTION

    def inject(module: nn.Module) -> None:
        if type(module).__name__.startswith("F"):
            module.W = nn.Parameter(torch.tensor(float(value)))

    model.apply(inject)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `add_repr(model, names)`
# `names` maps class names to labels. With `apply`, make every module whose class is named there show `name=<label>`
# in its repr; whether what it showed before is still there is up to you. All other modules look as before. Change
# instances only: a class belongs to everybody.
# %% [markdown] lang="ko"
# ## `add_repr(model, names)`
# `names`는 클래스 이름에서 레이블로 가는 딕셔너리입니다. `apply`를 써서, 클래스 이름이 거기 있는 모든 모듈이 repr에
# `name=<레이블>`을 보이게 하세요. 전에 보이던 것을 남길지는 자유입니다. 나머지 모듈은 전과 같아 보여야 합니다.
# 인스턴스만 바꾸세요. 클래스는 모두의 것입니다.


# %% exercise="add_repr"
def add_repr(model: nn.Module, names: Mapping[str, str]) -> None:
    """Make the modules whose class name is a key of names show `name=<label>` in their repr.

    With `apply`, and by changing instances only: every other module looks as before.
    """
    ### BEGIN SOLUTION

    def label(module: nn.Module) -> None:
        if type(module).__name__ in names:
            shown = f"name={names[type(module).__name__]}"
            before = module.extra_repr()
            module.extra_repr = lambda: f"{before}, {shown}" if before else shown  # type: ignore[method-assign]

    model.apply(label)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `linear_transformation(model)`
# The modules whose class name starts with `Function` do nothing yet; each has an int attribute `features`, n. With
# `apply`, give each of them parameters `W` (n, n) and `b` (n,) of ones, and a forward that computes `x Wᵀ + b` for
# any leading dimensions, with the values that W and b have at the call.
# %% [markdown] lang="ko"
# ## `linear_transformation(model)`
# 클래스 이름이 `Function`으로 시작하는 모듈은 아직 아무것도 하지 않으며, 각각 정수 속성 `features`(n)를 갖고
# 있습니다. `apply`를 써서 각 모듈에 1로 채운 파라미터 `W` (n, n)와 `b` (n,)를 주고, 앞쪽 차원이 몇 개든 `x Wᵀ + b`를
# 계산하는 forward를 주세요. 계산에는 호출할 때의 W와 b 값을 씁니다.


# %% exercise="linear_transformation"
def linear_transformation(model: nn.Module) -> None:
    """Turn every module whose class name starts with Function into x Wᵀ + b with its own W (n, n) and b (n,).

    With `apply`; n is the module's int attribute `features`, and both parameters are ones. Any leading dimensions, and
    the values that W and b have at the call.
    """
    ### BEGIN SOLUTION

    def change(module: Any) -> None:
        if type(module).__name__.startswith("Function"):
            module.W = nn.Parameter(torch.ones(module.features, module.features))
            module.b = nn.Parameter(torch.ones(module.features))

            def forward(x: Tensor) -> Tensor:
                return x @ module.W.T + module.b

            module.forward = forward

    model.apply(change)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `reset_all(model, seed)`
# Begin anew: call `reset_parameters` of every module that has one, whatever its class. The same seed gives the same
# weights, wherever the random generators stood before. Here the global generator may move.
# %% [markdown] lang="ko"
# ## `reset_all(model, seed)`
# 처음부터 다시 시작합니다. 클래스가 무엇이든 `reset_parameters`가 있는 모든 모듈에서 그것을 부르세요. 난수 생성기가
# 전에 어떤 상태였든 같은 시드는 같은 가중치를 줍니다. 여기서는 전역 생성기가 움직여도 됩니다.


# %% exercise="reset_all"
def reset_all(model: nn.Module, seed: int) -> None:
    """Call reset_parameters wherever there is one, so that the new weights follow from the seed.

    Whatever the module's class, and wherever the random generators stood; the global one may move.
    """
    ### BEGIN SOLUTION
    torch.manual_seed(seed)
    for module in model.modules():
        if hasattr(module, "reset_parameters"):
            module.reset_parameters()
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `count_by_type(model)`
# With `apply`, count the visits by class name: a dict from class name to count. A module with two parents is visited
# twice.
# %% [markdown] lang="ko"
# ## `count_by_type(model)`
# `apply`를 써서 클래스 이름별 방문 횟수를 세어, 클래스 이름에서 횟수로 가는 딕셔너리를 돌려주세요. 부모가 둘인 모듈은
# 두 번 방문됩니다.


# %% exercise="count_by_type"
def count_by_type(model: nn.Module) -> dict[str, int]:
    """Return how often `model.apply` visits modules of each class name, as a dict.

    With `apply`; a module with two parents is visited twice.
    """
    ### BEGIN SOLUTION
    counts: Counter[str] = Counter()
    model.apply(lambda module: counts.update([type(module).__name__]))
    return dict(counts)
    ### END SOLUTION
