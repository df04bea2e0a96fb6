# %% [markdown] lang="en"
# # Autograd: gradients, and what to do with them
#
# PyTorch records every step of a computation and walks back along the record to find gradients. In this assignment
# you first do that work yourself, then write functions whose backward step is your own, and at the end you use
# gradients as a training loop does: added up over several batches, row by row as a Jacobian, or not at all.
#
# Try each function on tiny tensors, where you can do the sums on paper. `torch.autograd.gradcheck` compares a
# backward with differences of the forward and finds most mistakes.
# %% [markdown] lang="ko"
# # 자동 미분: 기울기와 그 쓰임새
#
# PyTorch는 계산의 모든 단계를 기록해 두고 그 기록을 거슬러 올라가며 기울기를 구합니다. 이 과제에서는 먼저 그 일을 손수
# 해 보고, 역전파를 직접 정하는 함수를 만든 다음, 학습 루프처럼 기울기를 사용합니다. 여러 배치에 걸쳐 더하기도 하고,
# 야코비 행렬로 한 줄씩 구하기도 하고, 아예 구하지 않기도 합니다.
#
# 종이에 계산할 수 있을 만큼 작은 텐서로 먼저 시험해 보세요. `torch.autograd.gradcheck`는 역전파를 순전파의 차분과
# 비교하여 실수를 대부분 찾아 줍니다.
# %%
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn

# %% [markdown] lang="en"
# ## `two_layer_grads(x, y, w1, w2)`
# A network with one hidden layer and without biases: the loss is `sum((relu(x w1) w2 - y)²)`. Return
# `(loss, grad_w1, grad_w2)` with gradients that you derived by hand. Where `x w1` is exactly 0, the relu's gradient
# is 0. Not allowed: anything of `torch.autograd` or `torch.func`, `backward` included.
# %% [markdown] lang="ko"
# ## `two_layer_grads(x, y, w1, w2)`
# 은닉층이 하나이고 편향이 없는 신경망입니다. 손실은 `sum((relu(x w1) w2 - y)²)`입니다. 손으로 유도한 기울기로
# `(loss, grad_w1, grad_w2)`를 돌려주세요. `x w1`이 정확히 0인 곳에서 relu의 기울기는 0입니다. `torch.autograd`와
# `torch.func`의 모든 것은 쓸 수 없고, `backward`도 마찬가지입니다.


# %% exercise="two_layer_grads"
def two_layer_grads(x: Tensor, y: Tensor, w1: Tensor, w2: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return loss (0-d), grad_w1 (like w1) and grad_w2 (like w2) for x (n, i), y (n, o), w1 (i, h), w2 (h, o).

    The loss is sum((relu(x w1) w2 - y)²), and relu's gradient at 0 is 0. Without `torch.autograd`, `torch.func` and
    `backward`.
    """
    ### BEGIN SOLUTION
    hidden = x @ w1
    active = hidden.clamp(min=0)
    error = active @ w2 - y
    grad_w2 = active.T @ (2 * error)
    grad_hidden = (2 * error) @ w2.T * (hidden > 0)
    return (error * error).sum(), x.T @ grad_hidden, grad_w2
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `ReLU`
# A function with a forward and a backward of your own, used as `ReLU.apply(x)`. The gradient is 0 where `x <= 0`.
# Neither `x` nor the gradient that `backward` receives may be changed in place, and the gradient can itself be
# differentiated: `torch.autograd.gradgradcheck` holds away from 0.
# %% [markdown] lang="ko"
# ## `ReLU`
# 순전파와 역전파를 직접 정하는 함수이며 `ReLU.apply(x)`로 사용합니다. `x <= 0`인 곳에서 기울기는 0입니다. `x`와
# `backward`가 받는 기울기를 제자리에서 바꾸어서는 안 되고, 기울기도 다시 미분할 수 있어야 합니다. 0에서 떨어진 곳에서는
# `torch.autograd.gradgradcheck`가 성립합니다.


# %% exercise="ReLU"
class ReLU(torch.autograd.Function):
    """max(x, 0) for a floating x of any shape, with gradient 0 where x <= 0.

    Neither x nor the gradient that backward receives changes, and the gradient can itself be differentiated.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        ctx.save_for_backward(x)
        return x.clamp(min=0)
        ### END SOLUTION

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        (x,) = ctx.saved_tensors
        return torch.where(x > 0, grad_output, 0)
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `StraightThroughSign`
# The sign of a number has gradient 0 almost everywhere, so a network with binary weights would never learn. The
# straight-through estimator pretends otherwise: `forward` gives the sign, where `sign(0) = 1`, and `backward` passes
# the gradient on where `|x| <= 1` and gives 0 elsewhere.
# %% [markdown] lang="ko"
# ## `StraightThroughSign`
# 부호 함수의 기울기는 거의 모든 곳에서 0이므로, 가중치가 이진인 신경망은 그대로는 학습되지 않습니다. 스트레이트 스루
# 추정량은 그렇지 않은 척합니다. `forward`는 부호를 내놓되 `sign(0) = 1`이고, `backward`는 `|x| <= 1`인 곳에서는
# 기울기를 그대로 통과시키고 나머지에서는 0으로 만듭니다.


# %% exercise="StraightThroughSign"
class StraightThroughSign(torch.autograd.Function):
    """1 where x >= 0 and -1 elsewhere, in x's dtype; the gradient passes where |x| <= 1."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        ctx.save_for_backward(x)
        return torch.ones_like(x).masked_fill(x < 0, -1)
        ### END SOLUTION

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        (x,) = ctx.saved_tensors
        return grad_output * (x.abs() <= 1)
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `accumulated_step(model, batches, loss_fn, optimizer)`
# A large batch may not fit into memory; then its gradient is put together from small ones. `batches` is an iterable
# of `(x, y)` that can be read only once, and `loss_fn(model(x), y)` is the mean over the `len(x)` samples of one
# batch. Make one optimizer step, equal to the step on all the data at once: weight each batch by its size (the
# last one may be smaller). Gradients that are left from earlier work must not leak in, neither those of the model
# nor those of other parameters that the optimizer holds.
# %% [markdown] lang="ko"
# ## `accumulated_step(model, batches, loss_fn, optimizer)`
# 큰 배치가 메모리에 들어가지 않으면 작은 배치들의 기울기를 모아서 만듭니다. `batches`는 `(x, y)`를 담은, 한 번만 읽을
# 수 있는 이터러블이고, `loss_fn(model(x), y)`는 배치 하나의 샘플 `len(x)`개에 대한 평균입니다. 옵티마이저 스텝을 한
# 번만, 전체 데이터로 한 번에 계산한 것과 같게 수행하세요. 각 배치는 크기만큼의 무게를 갖습니다(마지막 배치는 더 작을
# 수 있습니다). 이전 작업이 남긴 기울기는 모델의 것이든, 옵티마이저가 가진 다른 파라미터의 것이든 섞여 들어가서는 안
# 됩니다.


# %% exercise="accumulated_step"
def accumulated_step(
    model: nn.Module,
    batches: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
) -> None:
    """Make one optimizer step from at least one (x, y): the batches' mean losses, weighted by len(x), averaged.

    That equals the step on all the data at once. `batches` can be read only once. Gradients that are left from before,
    in the model or in other parameters of the optimizer, play no part.
    """
    ### BEGIN SOLUTION
    batches = list(batches)
    total = sum(len(x) for x, _ in batches)
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) * (len(x) / total)).backward()
    optimizer.step()
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `jacobian_rows(f, x)`
# `f` maps a tensor `(n,)` to a tensor `(m,)`; return the `(m, n)` matrix of the derivatives of each output by each
# input, in x's dtype, by reverse mode: one backward gives one row. Outputs that do not depend on x give rows of
# zeros, and n or m may be 0. Not allowed: `torch.autograd.functional.jacobian`, `torch.func.jacrev`, `jacfwd` and
# `jvp`, and other forward mode.
# %% [markdown] lang="ko"
# ## `jacobian_rows(f, x)`
# `f`는 텐서 `(n,)`을 텐서 `(m,)`으로 보냅니다. 각 출력을 각 입력으로 미분한 `(m, n)` 행렬을 x의 dtype으로 돌려주세요.
# 역방향 모드로 구하며, 역전파 한 번이 한 행을 줍니다. x와 무관한 출력의 행은 0이고, n이나 m은 0일 수 있습니다.
# `torch.autograd.functional.jacobian`, `torch.func.jacrev`, `jacfwd`, `jvp`, 그 밖의 순방향 모드는 쓸 수 없습니다.


# %% exercise="jacobian_rows"
def jacobian_rows(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Return the Jacobian (m, n) of f at x (n,), in x's dtype, row by row in reverse mode.

    Outputs that do not depend on x give rows of zeros; m or n may be 0. Without `torch.autograd.functional.jacobian`,
    `torch.func.jacrev`, `jacfwd` and `jvp`, and other forward mode.
    """
    ### BEGIN SOLUTION
    x = x.detach().requires_grad_()
    y = f(x)
    rows = x.new_zeros(len(y), len(x))
    if y.requires_grad:
        for row, output in zip(rows, y):
            (gradient,) = torch.autograd.grad(output, x, retain_graph=True, allow_unused=True)
            if gradient is not None:
                row.copy_(gradient)
    return rows
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `detached_mean_loss(model, batches, loss_fn)`
# Evaluation: the mean loss over all samples, as a Python float. The batches, an iterable of `(x, y)`, all have the
# same size; without any batch the result is 0.0. No graph is kept: the predictions do not require grad. Dropout and
# batch norm behave as in evaluation. Afterwards each module is in the mode it was in (a BatchNorm that was frozen
# inside a model in training stays frozen), and the grad mode is as before, also when the model raises.
# %% [markdown] lang="ko"
# ## `detached_mean_loss(model, batches, loss_fn)`
# 평가 함수입니다. 모든 샘플에 대한 평균 손실을 파이썬 float로 돌려주세요. `batches`는 `(x, y)`의 이터러블이며 배치의
# 크기는 모두 같고, 배치가 하나도 없으면 결과는 0.0입니다. 그래프를 남기지 않으므로 예측은 requires_grad가 아니어야
# 합니다. 드롭아웃과 배치 정규화는 평가 모드로 동작해야 합니다. 끝난 뒤에는 각 모듈이 원래 있던 모드에 있고(학습 중인
# 모델 안에서 얼려 둔 BatchNorm은 얼린 채로 남습니다) grad 모드도 그대로여야 하며, 모델이 예외를 일으켜도
# 마찬가지입니다.


# %% exercise="detached_mean_loss"
def detached_mean_loss(
    model: nn.Module, batches: Iterable[tuple[Tensor, Tensor]], loss_fn: Callable[[Tensor, Tensor], Tensor]
) -> float:
    """Return the mean of loss_fn(model(x), y), itself a mean, over batches of equal size; 0.0 when there is none.

    The model works as in evaluation, and its predictions do not require grad. Afterwards every module is in the mode
    it was in, and the grad mode is as before, also when the model raises.
    """
    ### BEGIN SOLUTION
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.no_grad():
            losses = [loss_fn(model(x), y).item() for x, y in batches]
    finally:
        for module, mode in modes:
            module.training = mode
    return sum(losses) / len(losses) if losses else 0.0
    ### END SOLUTION
