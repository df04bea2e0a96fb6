# %% [markdown] lang="en"
# # Training: the loop and everything around it
#
# Most of the code of a project is not the model. It is the loop that trains it, the number that is logged, the file
# that is kept, the layer that is exchanged. Errors there are quiet: a loss that weighs the small last batch as much
# as the others, a "best model" that is the last one because nobody copied it, a resumed run that is another run
# because the optimizer's momentum was not saved. Each costs days, and each is a line or two.
#
# Here you write those lines. A measure that serves well: a run that was interrupted and resumed must give, number
# for number, what an uninterrupted one gives; and whatever looks at a model must leave it exactly as it was.
# %% [markdown] lang="ko"
# # 학습: 루프와 그 주변의 모든 것
#
# 프로젝트 코드의 대부분은 모델이 아닙니다. 모델을 학습하는 루프, 기록하는 숫자, 남겨 두는 파일, 바꿔 끼우는
# 레이어입니다. 이런 곳의 오류는 조용합니다. 작은 마지막 배치를 다른 배치와 똑같이 세는 손실, 아무도 복사하지 않아서
# 마지막 모델이 되어 버린 "최고의 모델", 옵티마이저의 모멘텀을 저장하지 않아 전혀 다른 실행이 되어 버린 재개가
# 그렇습니다. 하나하나가 며칠을 잡아먹지만 모두 한두 줄의 문제입니다.
#
# 여기서 그 몇 줄을 써 봅니다. 좋은 기준이 하나 있습니다. 중단했다가 이어 간 실행은 중단하지 않은 실행과 숫자
# 하나하나까지 같아야 하고, 모델을 들여다보는 것은 무엇이든 모델을 있던 그대로 두어야 합니다.
# %%
import copy
import importlib.util
import os
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

# %% [markdown] lang="en"
# ## `train_one_epoch(model, loader, loss_fn, optimizer)`
# One pass over the data: for each batch `(x, y)` of the loader, the loss of `model(x)`, its gradients, a step.
# Whatever mode the model was in, it trains in training mode; gradients of earlier work must not count. Return the
# mean loss over the *samples*: `loss_fn` gives a batch's mean, and the last batch may be smaller, so the mean of
# the means is not it.
# %% [markdown] lang="ko"
# ## `train_one_epoch(model, loader, loss_fn, optimizer)`
# 데이터를 한 번 훑습니다. 로더의 배치 `(x, y)`마다 `model(x)`의 손실과 기울기를 구하고 한 걸음 나아갑니다. 모델이
# 어떤 모드에 있었든 학습은 학습 모드에서 하고, 이전 작업의 기울기가 섞여서는 안 됩니다. *샘플*에 대한 평균 손실을
# 돌려주세요. `loss_fn`은 배치의 평균을 주고 마지막 배치는 더 작을 수 있으므로 평균의 평균은 답이 아닙니다.


# %% exercise="train_one_epoch"
def train_one_epoch(
    model: nn.Module,
    loader: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
) -> float:
    """Train in training mode, one step for each batch (x, y), and return the mean loss over all samples, a float.

    loss_fn returns the mean over a batch of len(x) samples, taken before the batch's step; batches differ in size,
    there is at least one. Gradients that were there before do not count.
    """
    ### BEGIN SOLUTION
    model.train()
    total, samples = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        samples += len(x)
    return total / samples
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `accuracy(model, loader)`
# The share of samples whose greatest score stands at the right label, over all batches `(x, labels)`. Evaluate: no
# dropout, no batch statistics, no graph. Afterwards each submodule is in the mode in which it was; somebody may
# have frozen one of them. No batches give 0.
# %% [markdown] lang="ko"
# ## `accuracy(model, loader)`
# 모든 배치 `(x, labels)`에서 가장 큰 점수가 정답 레이블에 있는 샘플의 비율입니다. 평가이므로 드롭아웃도, 배치
# 통계도, 그래프도 없어야 합니다. 끝난 뒤에는 하위 모듈 하나하나가 원래의 모드에 있어야 합니다. 누군가 그중 하나를
# 얼려 두었을 수 있으니까요. 배치가 하나도 없으면 0입니다.


# %% exercise="accuracy"
def accuracy(model: nn.Module, loader: Iterable[tuple[Tensor, Tensor]]) -> float:
    """Return the share of samples that model, in eval mode and without a graph, classifies rightly; 0.0 for none.

    model(x) gives scores (N, C), labels are int64 (N,). Each submodule's own mode, and all buffers, stay as they were.
    """
    ### BEGIN SOLUTION
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    right, samples = 0, 0
    with torch.no_grad():
        for x, labels in loader:
            right += int((model(x).argmax(1) == labels).sum())
            samples += len(labels)
    for module, mode in modes:
        module.training = mode
    return right / samples if samples else 0.0
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `fit_keep_best(model, epochs, train, validate)`
# Each epoch calls `train(model)` and then `validate(model)`, whose score is the better the higher it is. At the end
# the model holds the weights *and buffers* of its best epoch; of equal scores the earliest counts. `state_dict()`
# holds the very tensors that training goes on to change: without a copy, the best epoch is always the last one.
# %% [markdown] lang="ko"
# ## `fit_keep_best(model, epochs, train, validate)`
# 에폭마다 `train(model)`을 부르고, 이어서 점수가 높을수록 좋은 `validate(model)`을 부릅니다. 끝나면 모델은 가장
# 좋았던 에폭의 가중치와 *버퍼*를 담고 있어야 하고, 점수가 같으면 가장 이른 에폭을 택합니다. `state_dict()`가 담고
# 있는 것은 학습이 계속 바꾸는 바로 그 텐서입니다. 복사하지 않으면 가장 좋은 에폭은 언제나 마지막 에폭이 됩니다.


# %% exercise="fit_keep_best"
def fit_keep_best(
    model: nn.Module, epochs: int, train: Callable[[nn.Module], Any], validate: Callable[[nn.Module], float]
) -> list[float]:
    """Call train(model), then validate(model) in each epoch, and return the list of the scores that validate gave.

    At the end the model's parameters and buffers, the same objects as before, have the values they had when validate
    gave the highest score, the earliest of equal ones. Scores may be negative; with no epochs the model stays as it is.
    """
    ### BEGIN SOLUTION
    history: list[float] = []
    best = None
    for _ in range(epochs):
        train(model)
        score = validate(model)
        if not history or score > max(history):
            best = copy.deepcopy(model.state_dict())
        history.append(score)
    if best is not None:
        model.load_state_dict(best)
    return history
    ### END SOLUTION


# %% [markdown] lang="en"
# Here is a model that improves, and then gets worse; the star is where yours stands at the end.
# %% [markdown] lang="ko"
# 나아지다가 다시 나빠지는 모델입니다. 별표는 여러분의 모델이 끝에 서 있는 곳입니다.
# %% shows="fit_keep_best"
if __name__ == "__main__":

    def one_step(model: nn.Module) -> None:
        model.bias.data += 1

    def distance_from_four(model: nn.Module) -> float:
        return -abs(float(model.bias) - 4)

    toy = nn.Linear(1, 1)
    nn.init.zeros_(toy.bias)
    try:
        for epoch, score in enumerate(fit_keep_best(toy, 7, one_step, distance_from_four), 1):
            print(f"epoch {epoch}  {'#' * int(8 + 2 * score)}{' *' if float(toy.bias) == epoch else ''}")
    except NotImplementedError:
        print("Write fit_keep_best first, then run this cell again.")

# %% [markdown] lang="en"
# ## `save_checkpoint(path, model, optimizer, scheduler, epoch)` and
# ## `load_checkpoint(path, model, optimizer, scheduler)`
# A training of two weeks will be interrupted. What has to be in the file so that the resumed run equals the
# uninterrupted one bit for bit? The weights, but the optimizer's momentum and step counts and the scheduler's place
# as well: each has a `state_dict`. `load_checkpoint` puts all of it back and returns the epoch. Load with
# `weights_only=True`: a checkpoint from elsewhere must not be able to execute anything. A file that was cut off
# raises, whatever error, and then nothing has been changed: read everything first, and put it back afterwards. The
# two are graded as a pair.
# %% [markdown] lang="ko"
# ## `save_checkpoint(path, model, optimizer, scheduler, epoch)`,
# ## `load_checkpoint(path, model, optimizer, scheduler)`
# 2주 걸리는 학습은 언젠가 중단됩니다. 이어 간 실행이 중단하지 않은 실행과 비트 하나까지 같으려면 파일에 무엇이
# 있어야 할까요? 가중치는 물론이고 옵티마이저의 모멘텀과 걸음 수, 스케줄러의 위치도 있어야 합니다. 모두
# `state_dict`를 가지고 있습니다. `load_checkpoint`는 이 모두를 되돌려 놓고 에폭을 돌려줍니다. `weights_only=True`로
# 읽으세요. 다른 데서 온 체크포인트가 무언가를 실행할 수 있어서는 안 됩니다. 중간에 잘린 파일은 어떤 오류든 내야
# 하고 그때는 아무것도 바뀌지 않아야 합니다. 먼저 다 읽고 나서 되돌려 놓으세요. 두 함수는 한 쌍으로 채점합니다.


# %% exercise="save_checkpoint"
def save_checkpoint(
    path: str | os.PathLike[str],
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    epoch: int,
) -> None:
    """Write all that a resumed training needs into one file, which torch.load(path, weights_only=True) can read."""
    ### BEGIN SOLUTION
    states = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()}
    torch.save(states | {"epoch": epoch}, path)
    ### END SOLUTION


# %% exercise="load_checkpoint"
def load_checkpoint(
    path: str | os.PathLike[str],
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
) -> int:
    """Put back what save_checkpoint wrote, so that training goes on bit for bit, and return the epoch.

    The file is read with weights_only=True: one that holds other objects raises, and executes nothing. A truncated file
    raises and leaves model and optimizer as they were.
    """
    ### BEGIN SOLUTION
    states = torch.load(path, weights_only=True)
    model.load_state_dict(states["model"])
    optimizer.load_state_dict(states["optimizer"])
    scheduler.load_state_dict(states["scheduler"])
    return states["epoch"]
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `load_matching(model, state)`
# Weights that were trained for a thousand classes are to serve for ten: everything fits but the head. Load the
# entries whose name *and* shape fit the model's, and return the sorted names of those in `state` that were not
# loaded; a silent partial load is how pretrained weights fail to be used without anyone noticing. Broadcasting is
# no fit.
# %% [markdown] lang="ko"
# ## `load_matching(model, state)`
# 천 개의 클래스로 학습한 가중치를 열 개의 클래스에 쓰려고 합니다. 머리만 빼고 다 맞습니다. 이름*과* 모양이 모델과
# 맞는 항목만 불러오고, `state`에서 불러오지 못한 이름들을 정렬해 돌려주세요. 사전 학습 가중치가 쓰이지 않았는데
# 아무도 모르는 일은 말없이 일부만 불러올 때 일어납니다. 브로드캐스트되는 것은 맞는 것이 아닙니다.


# %% exercise="load_matching"
def load_matching(model: nn.Module, state: dict[str, Tensor]) -> list[str]:
    """Copy the entries of state that fit the model's state_dict in name and shape into the model, and return the other
    names, sorted.

    All else in the model stays; its parameters and buffers remain the same objects with the same dtypes; state stays.
    """
    ### BEGIN SOLUTION
    own = model.state_dict()
    fitting = {name for name, value in state.items() if name in own and own[name].shape == value.shape}
    model.load_state_dict({name: state[name] for name in fitting}, strict=False)
    return sorted(set(state) - fitting)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `replace_head(model, name, num_classes)`
# The first step of transfer learning: freeze the whole model, then put a fresh linear layer, which is trainable, in
# the place of the old head, which is a Linear at the dotted path `name`, such as `"fc"` or `"classifier.1"`.
# %% [markdown] lang="ko"
# ## `replace_head(model, name, num_classes)`
# 전이 학습의 첫걸음입니다. 모델 전체를 얼린 다음, `"fc"`나 `"classifier.1"`처럼 점으로 이어진 경로 `name`에 있는 옛
# 머리(Linear) 자리에 학습할 수 있는 새 선형 레이어를 넣으세요.


# %% exercise="replace_head"
def replace_head(model: nn.Module, name: str, num_classes: int) -> None:
    """Freeze all parameters, then put a new, trainable nn.Linear at the dotted path, from the in_features of the Linear
    there to num_classes, with a bias. All other values stay."""
    ### BEGIN SOLUTION
    model.requires_grad_(False)
    parent, _, last = name.rpartition(".")
    holder = model.get_submodule(parent)
    setattr(holder, last, nn.Linear(getattr(holder, last).in_features, num_classes))
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `conv_block(in_channels, out_channels, activation, **kwargs)`
# The brick of most convolutional networks: a Conv2d without a bias (the batch norm behind it would take it away), a
# BatchNorm2d, and an activation chosen by name from an `nn.ModuleDict`: `"relu"` or `"lrelu"` (LeakyReLU). Further
# arguments go to the Conv2d. An unknown name raises KeyError.
# %% [markdown] lang="ko"
# ## `conv_block(in_channels, out_channels, activation, **kwargs)`
# 합성곱 신경망 대부분을 이루는 벽돌입니다. 편향 없는 Conv2d(뒤의 배치 정규화가 편향을 없애 버리니까요),
# BatchNorm2d, 그리고 `nn.ModuleDict`에서 이름으로 고른 활성화 함수 `"relu"` 또는 `"lrelu"`(LeakyReLU)입니다. 나머지
# 인자는 Conv2d로 넘깁니다. 모르는 이름에는 KeyError를 내세요.


# %% exercise="conv_block"
def conv_block(in_channels: int, out_channels: int, activation: str, **kwargs: Any) -> nn.Module:
    """Return a module that applies Conv2d(in_channels, out_channels, bias=False, **kwargs), BatchNorm2d and "relu" or
    "lrelu" (nn.LeakyReLU as it is); another activation raises KeyError."""
    ### BEGIN SOLUTION
    activations = nn.ModuleDict({"relu": nn.ReLU(), "lrelu": nn.LeakyReLU()})
    conv = nn.Conv2d(in_channels, out_channels, bias=False, **kwargs)
    return nn.Sequential(conv, nn.BatchNorm2d(out_channels), activations[activation])
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `seed_everything(seed)`
# A run that cannot be repeated cannot be debugged. Seed the global generators of Python (`random`), numpy and torch
# (on all devices), and ask cuDNN to choose deterministic algorithms (`torch.backends.cudnn.deterministic`).
# %% [markdown] lang="ko"
# ## `seed_everything(seed)`
# 되풀이할 수 없는 실행은 디버깅할 수 없습니다. 파이썬(`random`), numpy, torch(모든 장치)의 전역 생성기에 시드를
# 주고, cuDNN이 결정론적 알고리즘을 고르게 하세요(`torch.backends.cudnn.deterministic`).


# %% exercise="seed_everything"
def seed_everything(seed: int) -> None:
    """Seed random, numpy.random and torch with this very seed, and set torch.backends.cudnn.deterministic."""
    ### BEGIN SOLUTION
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.backends.cudnn.deterministic = True
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `plateau_rates(metrics, lr, factor, patience, mode)`
# When a metric stops improving, lower the rate. Return the rate after each metric, as
# `torch.optim.lr_scheduler.ReduceLROnPlateau` sets it with its other settings as they are: an improvement is one by
# more than 1e-4 of the best so far (`mode` "min": below `best * (1 - 1e-4)`, "max": above `best * (1 + 1e-4)`);
# after more than `patience` metrics in a row without one, the rate is multiplied by `factor` and the count begins
# anew; a change of the rate of no more than 1e-8 is left out. Not allowed: `ReduceLROnPlateau`.
# %% [markdown] lang="ko"
# ## `plateau_rates(metrics, lr, factor, patience, mode)`
# 지표가 더 나아지지 않으면 학습률을 낮춥니다. `torch.optim.lr_scheduler.ReduceLROnPlateau`가 나머지 설정을
# 기본값으로 둔 채 정하는 대로, 지표 하나하나를 본 뒤의 학습률을 돌려주세요. 나아졌다는 것은 지금까지의 최고보다
# 1e-4의 비율을 넘게 좋아졌다는 뜻입니다(`mode`가 "min"이면 `best * (1 - 1e-4)`보다 작고, "max"이면 `best * (1 +
# 1e-4)`보다 큽니다). 나아지지 않은 지표가 `patience`번을 넘게 이어지면 학습률에 `factor`를 곱하고 다시 세기
# 시작합니다. 학습률의 변화가 1e-8 이하이면 그대로 둡니다. `ReduceLROnPlateau`는 쓸 수 없습니다.


# %% exercise="plateau_rates"
def plateau_rates(metrics: Sequence[float], lr: float, factor: float, patience: int, mode: str) -> list[float]:
    """Return the rate after each metric, as ReduceLROnPlateau(mode, factor, patience) sets it, beginning with lr.

    mode is "min" or "max", factor below 1, patience >= 0. An improvement is by more than 1e-4, relative to the best; a
    change of the rate by at most 1e-8 is not made.
    """
    ### BEGIN SOLUTION
    best = float("inf") if mode == "min" else -float("inf")
    bad, rates = 0, []
    for metric in metrics:
        better = metric < best * (1 - 1e-4) if mode == "min" else metric > best * (1 + 1e-4)
        best, bad = (metric, 0) if better else (best, bad + 1)
        if bad > patience:
            lr, bad = (lr * factor if lr - lr * factor > 1e-8 else lr), 0
        rates.append(lr)
    return rates
    ### END SOLUTION


# %% [markdown] lang="en"
# Here is what your `plateau_rates` makes of a loss that gets stuck twice: one bar for each epoch, as long as the
# rate.
# %% [markdown] lang="ko"
# 두 번 멈춰 서는 손실을 여러분의 `plateau_rates`에 넣으면 이렇게 됩니다. 에폭마다 막대 하나이고, 길이가
# 학습률입니다.
# %% shows="plateau_rates"
if __name__ == "__main__":
    losses = [3.0, 2.0, 1.5, 1.5, 1.5, 1.5, 1.2, 1.2, 1.2, 1.2]
    try:
        for loss, rate in zip(losses, plateau_rates(losses, 0.8, 0.5, 2, "min")):
            print(f"loss {loss:.1f}  rate {rate:.1f}  {'#' * round(50 * rate)}")
    except NotImplementedError:
        print("Write plateau_rates first, then run this cell again.")

# %% [markdown] lang="en"
# ## `load_network(path, class_name, **kwargs)`
# Experiments keep each network in a file, and a configuration says which. Import the Python file at `path`,
# whatever its name, and return `class_name(**kwargs)` from it. `sys.path` stays as it is, no other module is
# replaced, and two files of the same name in two folders do not get into each other's way: `import` knows modules
# by name only, so go by the path (`importlib.util`).
# %% [markdown] lang="ko"
# ## `load_network(path, class_name, **kwargs)`
# 실험에서는 신경망마다 파일을 하나씩 두고 어느 것을 쓸지 설정이 정합니다. `path`에 있는 파이썬 파일을 이름이
# 무엇이든 불러와 그 안의 `class_name(**kwargs)`를 돌려주세요. `sys.path`는 그대로이고, 다른 모듈을 밀어내지 않으며,
# 두 폴더에 있는 같은 이름의 두 파일이 서로 방해하지 않아야 합니다. `import`는 모듈을 이름으로만 알아보니 경로로
# 불러오세요(`importlib.util`).


# %% exercise="load_network"
def load_network(path: str | os.PathLike[str], class_name: str, **kwargs: Any) -> Any:
    """Execute the Python file at path as a module of its own and return an instance of its class, made with kwargs.

    sys.path and the modules that are already imported stay as they are, also where the file has the name of one of
    them; each call reads the file at its path.
    """
    ### BEGIN SOLUTION
    spec = importlib.util.spec_from_file_location("network", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, class_name)(**kwargs)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `log_history(writer, history)`
# TensorBoard draws what a `SummaryWriter` was told. For each epoch's record `{"train": loss, "valid": loss, "lr":
# rate}`, make three calls `writer.add_scalar(tag, value, step)` with the tags `loss/train`, `loss/valid` and `lr`;
# steps count from 0, values are plain floats, although the losses may be 0-d tensors.
# %% [markdown] lang="ko"
# ## `log_history(writer, history)`
# TensorBoard는 `SummaryWriter`가 들은 것을 그립니다. 에폭마다의 기록 `{"train": 손실, "valid": 손실, "lr":
# 학습률}`에 대해 태그 `loss/train`, `loss/valid`, `lr`로 `writer.add_scalar(tag, value, step)`을 세 번 부르세요.
# 스텝은 0부터 세고, 손실이 0차원 텐서일 수 있어도 값은 평범한 float이어야 합니다.


# %% exercise="log_history"
def log_history(writer: Any, history: Iterable[dict[str, Any]]) -> None:
    """Call writer.add_scalar(tag, value, step) for "loss/train", "loss/valid" and "lr" of each epoch's "train", "valid"
    and "lr"; values become plain floats, steps count from 0."""
    ### BEGIN SOLUTION
    for step, record in enumerate(history):
        writer.add_scalar("loss/train", float(record["train"]), step)
        writer.add_scalar("loss/valid", float(record["valid"]), step)
        writer.add_scalar("lr", float(record["lr"]), step)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `summarize(model, input_size)`
# The table that everyone wants before training: which layers run in which order, what shapes come out, how many
# parameters each has. Send one input of `input_size` (the batch size included) through the model, and note a row
# for every call of a leaf module: a layer that runs twice has two rows. Afterwards the model is as it was: modes,
# hooks, buffers.
# %% [markdown] lang="ko"
# ## `summarize(model, input_size)`
# 학습 전에 누구나 보고 싶어 하는 표입니다. 어느 레이어가 어떤 순서로 돌고, 어떤 모양이 나오고, 파라미터는 몇
# 개일까요? 배치 크기를 포함한 `input_size` 모양의 입력 하나를 모델에 흘려보내면서 말단 모듈이 불릴 때마다 한 줄씩
# 적으세요. 두 번 도는 레이어는 두 줄입니다. 끝난 뒤 모델은 모드도, 훅도, 버퍼도 있던 그대로여야 합니다.


# %% exercise="summarize"
def summarize(model: nn.Module, input_size: Sequence[int]) -> list[dict[str, Any]]:
    """Return a row {"name", "type", "output_shape", "params"} for each call of a leaf module in one forward, in order.

    The input is float32 of input_size, the batch included. name is that of named_modules, type the class name,
    output_shape a tuple, params the number of elements of the module's parameters, frozen or not. The model's modes,
    hooks and buffers stay.
    """
    ### BEGIN SOLUTION
    rows: list[dict[str, Any]] = []

    def note(name: str) -> Callable[..., None]:
        def hook(module: nn.Module, args: Any, output: Tensor) -> None:
            params = sum(parameter.numel() for parameter in module.parameters())
            shape = tuple(output.shape)
            rows.append({"name": name, "type": type(module).__name__, "output_shape": shape, "params": params})

        return hook

    modes = [(module, module.training) for module in model.modules()]
    leaves = [(name, module) for name, module in model.named_modules() if not list(module.children())]
    handles = [module.register_forward_hook(note(name)) for name, module in leaves]
    try:
        model.eval()
        with torch.no_grad():
            model(torch.zeros(*input_size))
    finally:
        for handle in handles:
            handle.remove()
        for module, mode in modes:
            module.training = mode
    return rows
    ### END SOLUTION


# %% [markdown] lang="en"
# Here is your table of a small network.
# %% [markdown] lang="ko"
# 작은 신경망으로 만든 여러분의 표입니다.
# %% shows="summarize"
if __name__ == "__main__":
    small = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 6 * 6, 10))
    try:
        for row in summarize(small, (2, 1, 8, 8)):
            print(f"{row['name']:>4}  {row['type']:<12} {tuple(row['output_shape'])!s:<16} {row['params']:>6}")
    except NotImplementedError:
        print("Write summarize first, then run this cell again.")
