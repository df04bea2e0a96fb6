# %% [markdown] lang="en"
# # Buffers: what a module remembers but does not learn
#
# A module may hold tensors of three sorts.
#
# | | learned by the optimizer | moved by `.to` and `.double` | saved in the state_dict |
# |---|---|---|---|
# | `nn.Parameter` | yes | yes | yes |
# | buffer | no | yes | yes, unless `persistent=False` |
# | plain tensor attribute | no | **no** | **no** |
#
# A buffer is made by `self.register_buffer("name", tensor)` and then used as `self.name`. Assigning another tensor
# to `self.name` later keeps it a buffer.
#
# Plain attributes look as if they worked, until a model is moved to a GPU or loaded from a file. Buffers are for what
# belongs to the model without being trained: running statistics, tables, masks, the mean and spread of the data.
# %% [markdown] lang="ko"
# # 버퍼: 모듈이 기억하지만 학습하지는 않는 것
#
# 모듈이 가질 수 있는 텐서는 세 가지입니다.
#
# | | 옵티마이저가 학습함 | `.to`와 `.double`로 옮겨짐 | state_dict에 저장됨 |
# |---|---|---|---|
# | `nn.Parameter` | 예 | 예 | 예 |
# | 버퍼 | 아니요 | 예 | 예 (`persistent=False`이면 아니요) |
# | 그냥 텐서 속성 | 아니요 | **아니요** | **아니요** |
#
# 버퍼는 `self.register_buffer("name", tensor)`로 만들고 `self.name`으로 사용합니다. 나중에 `self.name`에 다른 텐서를
# 대입해도 여전히 버퍼입니다.
#
# 그냥 속성도 처음에는 잘 되는 것처럼 보이지만, 모델을 GPU로 옮기거나 파일에서 불러오는 순간 문제가 드러납니다. 버퍼는
# 학습하지는 않지만 모델에 속한 것, 곧 이동 통계, 표, 마스크, 데이터의 평균과 표준편차 등을 담는 곳입니다.
# %%
from collections.abc import Sequence

import torch
from torch import Tensor, nn

# %% [markdown] lang="en"
# ## `Duck()`
# The smallest module with a buffer: it multiplies its input by `duck`, a float tensor `[7.]`. It has no parameters;
# `duck` is in the state_dict, moves with `.to`, and receives no gradient.
# %% [markdown] lang="ko"
# ## `Duck()`
# 버퍼를 가진 가장 작은 모듈입니다. 입력에 `duck`, 곧 실수 텐서 `[7.]`을 곱합니다. 파라미터는 없습니다. `duck`은
# state_dict에 들어 있고, `.to`로 옮겨지며, 기울기를 받지 않습니다.


# %% exercise="Duck"
class Duck(nn.Module):
    """Multiplies x of any shape by the buffer `duck`, a float tensor [7.]; it has no parameters."""

    duck: Tensor

    def __init__(self) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.register_buffer("duck", torch.tensor([7.0]))
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        return x * self.duck
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `RunningMean(features, momentum=0.1)`
# The heart of batch normalisation. Two buffers: `mean` `(features,)`, zeros at the start, and `steps`, a 0-d int64
# tensor that counts the updates. In training mode, a batch `x` `(N, features)`, N at least 1, first updates
# `mean = (1 - momentum) * mean + momentum * batch_mean`, and `steps` by one. In evaluation mode nothing is updated.
# In both modes the result is `x - mean`, with the mean after the update.
#
# The buffer is a memory, not a part of the computation: no gradient flows through it, and it must not carry a graph
# from one batch into the next. It survives saving and loading, and `.double()` takes it along.
# %% [markdown] lang="ko"
# ## `RunningMean(features, momentum=0.1)`
# 배치 정규화의 핵심입니다. 버퍼는 둘입니다. `mean`은 모양이 `(features,)`이고 0에서 시작하며, `steps`는 갱신 횟수를
# 세는 0차원 int64 텐서입니다. 학습 모드에서는 배치 `x` `(N, features)`(N은 1 이상)로 먼저
# `mean = (1 - momentum) * mean + momentum * batch_mean`으로 갱신하고 `steps`를 1 늘립니다. 평가 모드에서는 아무것도
# 갱신하지 않습니다. 두 모드 모두 결과는 갱신이 끝난 평균으로 계산한 `x - mean`입니다.
#
# 버퍼는 기억일 뿐 계산의 일부가 아닙니다. 기울기가 버퍼를 통해 흐르지 않고, 계산 그래프를 다음 배치로 끌고 가서도 안
# 됩니다. 저장하고 불러와도 값이 남아 있고, `.double()`을 부르면 함께 바뀝니다.


# %% exercise="RunningMean"
class RunningMean(nn.Module):
    """Subtracts a running mean of its batches (N, features), kept in the buffers `mean` and `steps`.

    In training mode a batch first updates mean, zeros (features,) at the start, to
    (1 - momentum) * mean + momentum * batch mean, and steps, a 0-d int64 tensor, by one; in evaluation nothing is
    updated. No gradient flows through the mean, and it carries no graph from one batch into the next.
    """

    mean: Tensor
    steps: Tensor

    def __init__(self, features: int, momentum: float = 0.1) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.tensor(0))
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        if self.training:
            with torch.no_grad():
                self.mean.mul_(1 - self.momentum).add_(self.momentum * x.mean(dim=0))
                self.steps.add_(1)
        return x - self.mean
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `PositionalEncoding(max_len, dim)`
# Tells a transformer where each step of a sequence stands. Column `2i` of the table is `sin(t / 10000^(2i/dim))` at
# step `t`, column `2i + 1` is the cosine of the same angle; `dim` may be odd, then a sine comes last. The module adds
# the table's first `T` rows to `x` `(B, T, dim)`. A `T` greater than `max_len` raises ValueError.
#
# The table can be computed again at any time, so it does not belong into a file: it is the non-persistent buffer
# `table`, of shape `(max_len, dim)` or `(1, max_len, dim)`, and the state_dict is empty.
# %% [markdown] lang="ko"
# ## `PositionalEncoding(max_len, dim)`
# 시퀀스의 각 단계가 어디에 있는지 트랜스포머에게 알려 줍니다. 표의 `2i`번째 열은 단계 `t`에서 `sin(t / 10000^(2i/dim))`
# 이고, `2i + 1`번째 열은 같은 각의 코사인입니다. `dim`은 홀수일 수도 있으며, 그때는 사인이 마지막 열입니다. 모듈은 `x`
# `(B, T, dim)`에 표의 처음 `T`개 행을 더합니다. `T`가 `max_len`보다 크면 ValueError를 일으킵니다.
#
# 표는 언제든 다시 계산할 수 있으므로 파일에 저장할 필요가 없습니다. 그래서 표는 persistent가 아닌 버퍼 `table`이고
# 모양은 `(max_len, dim)` 또는 `(1, max_len, dim)`이며, state_dict는 비어 있습니다.


# %% exercise="PositionalEncoding"
class PositionalEncoding(nn.Module):
    """Adds the sine and cosine of each position to x (B, T, dim), T at most max_len.

    Column 2i of `table` is sin(t / 10000^(2i/dim)) at step t, column 2i + 1 the cosine of the same angle; dim may be
    odd. `table` is a non-persistent buffer of shape (max_len, dim) or (1, max_len, dim). A greater T raises ValueError.
    """

    table: Tensor

    def __init__(self, max_len: int, dim: int) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        even = torch.arange(0, dim, 2)
        angles = torch.arange(max_len).unsqueeze(1) / 10000 ** (even / dim)
        # Each angle twice, side by side; an odd dim leaves out the last cosine.
        table = torch.stack([angles.sin(), angles.cos()], dim=2).flatten(1)[:, :dim]
        self.register_buffer("table", table, persistent=False)
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        length, longest = x.shape[1], self.table.shape[0]
        if length > longest:
            raise ValueError(f"the input has {length} steps, the table only {longest}")
        return x + self.table[:length]
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `Normalizer(mean, std)`
# Pictures are usually normalised by channel: `(x - mean) / std` for `x` `(B, C, H, W)`, with one mean and one standard
# deviation for each channel. They are given as lists of floats or as tensors `(C,)`, and kept as buffers `mean` and
# `std`, in a shape that broadcasts along the channels. The method `denormalize(x)` undoes it.
# %% [markdown] lang="ko"
# ## `Normalizer(mean, std)`
# 이미지는 보통 채널별로 정규화합니다. `x` `(B, C, H, W)`에 대해 채널마다 하나씩 있는 평균과 표준편차로 `(x - mean) /
# std`를 계산합니다. 평균과 표준편차는 실수 리스트나 `(C,)` 모양의 텐서로 주어지고, 채널을 따라 브로드캐스트되는
# 모양의 버퍼 `mean`과 `std`로 보관합니다. 메서드 `denormalize(x)`는 이를 되돌립니다.


# %% exercise="Normalizer"
class Normalizer(nn.Module):
    """Normalises x (B, C, H, W) by channel, (x - mean) / std, with the buffers `mean` and `std`.

    Both are given as lists of floats or as tensors (C,).
    """

    mean: Tensor
    std: Tensor

    def __init__(self, mean: Sequence[float] | Tensor, std: Sequence[float] | Tensor) -> None:
        ### BEGIN SOLUTION
        super().__init__()
        self.register_buffer("mean", torch.as_tensor(mean).reshape(-1, 1, 1).clone())
        self.register_buffer("std", torch.as_tensor(std).reshape(-1, 1, 1).clone())
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        return (x - self.mean) / self.std
        ### END SOLUTION

    def denormalize(self, x: Tensor) -> Tensor:
        """Return the x that forward makes this of."""
        ### BEGIN SOLUTION
        return x * self.std + self.mean
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `classify_tensors(module)`
# What sort of tensor is each attribute? Return a dict from attribute name to `"parameter"`, `"buffer"`,
# `"non_persistent_buffer"` or `"tensor"` (a plain attribute), for every tensor that the module **itself** holds:
# neither those of its submodules, nor a parameter or buffer that is registered as None.
# %% [markdown] lang="ko"
# ## `classify_tensors(module)`
# 각 속성은 어떤 종류의 텐서일까요? 모듈이 **직접** 가진 모든 텐서에 대해, 속성 이름에서 `"parameter"`, `"buffer"`,
# `"non_persistent_buffer"`, `"tensor"`(그냥 속성) 중 하나로 가는 딕셔너리를 돌려주세요. 하위 모듈의 텐서와, None으로
# 등록된 파라미터나 버퍼는 제외합니다.


# %% exercise="classify_tensors"
def classify_tensors(module: nn.Module) -> dict[str, str]:
    """Return the sort of every tensor attribute that the module itself holds, by name.

    The sorts are "parameter", "buffer", "non_persistent_buffer" and "tensor", a plain attribute. What submodules hold
    and what is registered as None is left out.
    """
    ### BEGIN SOLUTION
    saved = module.state_dict()
    sorts = {name: "parameter" for name, _ in module.named_parameters(recurse=False, remove_duplicate=False)}
    for name, _ in module.named_buffers(recurse=False, remove_duplicate=False):
        sorts[name] = "buffer" if name in saved else "non_persistent_buffer"
    for name, value in vars(module).items():
        if isinstance(value, Tensor):
            sorts[name] = "tensor"
    return sorts
    ### END SOLUTION
