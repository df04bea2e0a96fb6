# %% [markdown] lang="en"
# # Loaders: from samples to batches
#
# A `DataLoader` does three things: a **sampler** decides in which order the samples come, a **batch sampler**
# groups their indices, and a **collate function** turns a list of samples into one batch. Each of the three can be
# replaced by a few lines of your own, and this assignment writes them.
#
# Two habits help everywhere here. Look at the smallest cases first: a batch of one, an empty sequence, a last batch
# that is not full. And whatever is random gets its randomness from the seed it is given, so that the same seed
# always means the same order, no matter what else the program drew before.
# %% [markdown] lang="ko"
# # 로더: 샘플에서 배치로
#
# `DataLoader`는 세 가지 일을 합니다. **샘플러**는 샘플이 나오는 순서를 정하고, **배치 샘플러**는 인덱스를 묶고,
# **collate 함수**는 샘플의 리스트를 배치 하나로 만듭니다. 셋 다 몇 줄의 코드로 바꿔 끼울 수 있고, 이 과제에서 바로 그
# 코드를 씁니다.
#
# 어디서나 도움이 되는 습관이 두 가지 있습니다. 가장 작은 경우부터 살펴보세요. 샘플이 하나인 배치, 빈 시퀀스, 다
# 차지 않은 마지막 배치가 그렇습니다. 그리고 무작위인 것은 모두 주어진 시드에서 나와야 합니다. 그래야 프로그램이
# 그전에 무엇을 뽑았든 같은 시드가 언제나 같은 순서를 뜻합니다.
# %%
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import Sampler

# %% [markdown] lang="en"
# ## `transpose_collate(batch)`
# Images of different sizes cannot be stacked. Then a batch is simply all the inputs and all the targets:
# `((x1, y1), (x2, y2), ...)` becomes `((x1, x2, ...), (y1, y2, ...))`. Leave the items themselves as they are.
# %% [markdown] lang="ko"
# ## `transpose_collate(batch)`
# 크기가 서로 다른 이미지는 하나로 쌓을 수 없습니다. 그럴 때 배치는 그냥 입력들의 모음과 정답들의 모음입니다.
# `((x1, y1), (x2, y2), ...)`을 `((x1, x2, ...), (y1, y2, ...))`로 바꾸세요. 원소 자체는 그대로 둡니다.


# %% exercise="transpose_collate"
def transpose_collate(batch: Sequence[tuple[Any, Any]]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Turn at least one (x, y) pair, of whatever is in the dataset, into the tuple of all x and the tuple of all y.

    The items themselves stay as they are.
    """
    ### BEGIN SOLUTION
    inputs, targets = zip(*batch)
    return inputs, targets
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `pad_collate(batch)`
# Sequences of different lengths become one tensor when the short ones are filled up with zeros at the end. Each
# item is a dict with a 1-d tensor `"X"` and a 0-d tensor `"y"`. Keep both dtypes: `torch.zeros` alone would make
# everything float32. Some sequences may be empty, or all of them.
# %% [markdown] lang="ko"
# ## `pad_collate(batch)`
# 길이가 다른 시퀀스도 짧은 것의 끝을 0으로 채우면 텐서 하나가 됩니다. 각 원소는 1차원 텐서 `"X"`와 0차원 텐서
# `"y"`를 담은 딕셔너리입니다. 두 dtype을 모두 유지하세요. `torch.zeros`만 쓰면 모두 float32가 됩니다. 시퀀스 몇
# 개가, 또는 전부가 비어 있을 수도 있습니다.


# %% exercise="pad_collate"
def pad_collate(batch: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Return {"X": (B, max_len), "y": (B,)} from at least one item {"X": (length,), "y": ()}, dtypes kept, zeros at
    the end."""
    ### BEGIN SOLUTION
    sequences = [item["X"] for item in batch]
    longest = max(len(sequence) for sequence in sequences)
    padded = sequences[0].new_zeros(len(batch), longest)
    for row, sequence in zip(padded, sequences):
        row[: len(sequence)] = sequence
    return {"X": padded, "y": torch.stack([item["y"] for item in batch])}
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `pad_collate_with_lengths(batch, value=0)`
# Now each step is a vector, the padding is `value`, and the caller also learns what is real: the lengths, and a
# mask that is True at the real steps. Not allowed: `pad_sequence`. The mask needs no loop: compare step numbers
# with lengths.
# %% [markdown] lang="ko"
# ## `pad_collate_with_lengths(batch, value=0)`
# 이번에는 각 단계가 벡터이고, 빈 자리는 `value`로 채웁니다. 그리고 무엇이 진짜인지도 알려 줍니다. 길이와, 실제
# 단계에서 True인 마스크를 함께 돌려주세요. `pad_sequence`는 쓸 수 없습니다. 마스크에는 반복문이 필요 없습니다. 단계
# 번호와 길이를 비교해 보세요.


# %% exercise="pad_collate_with_lengths"
def pad_collate_with_lengths(batch: Sequence[Tensor], value: float = 0) -> tuple[Tensor, Tensor, Tensor]:
    """Pad at least one (T_i, D) tensor: padded (B, T, D) of their dtype, lengths int64 (B,), mask bool (B, T).

    T is the greatest T_i, which may be 0. The mask is True where a step is real; elsewhere padded holds value. Without
    `pad_sequence`.
    """
    ### BEGIN SOLUTION
    lengths = torch.tensor([len(item) for item in batch])
    steps = int(lengths.max())
    padded = batch[0].new_full((len(batch), steps, batch[0].shape[1]), value)
    for row, item in zip(padded, batch):
        row[: len(item)] = item
    mask = torch.arange(steps) < lengths.unsqueeze(1)
    return padded, lengths.to(padded.device), mask.to(padded.device)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `bucket_batches(lengths, batch_size, seed)`
# Padding is wasted work. If sequences of similar length share a batch, little of it is needed. Sort the indices by
# length, cut them into batches of `batch_size` (one of them may be shorter), and then shuffle the order of the
# *batches*, so that the model does not see all the short sequences first. The order depends on `seed` and on
# nothing else.
# %% [markdown] lang="ko"
# ## `bucket_batches(lengths, batch_size, seed)`
# 패딩은 낭비되는 계산입니다. 길이가 비슷한 시퀀스끼리 한 배치에 넣으면 패딩이 거의 필요 없습니다. 인덱스를
# 길이순으로 정렬해 `batch_size`개씩 자르고(하나는 더 짧아도 됩니다), 모델이 짧은 시퀀스만 먼저 보지 않도록 *배치*의
# 순서를 섞으세요. 순서는 오직 `seed`에만 달려 있어야 합니다.


# %% exercise="bucket_batches"
def bucket_batches(lengths: Sequence[int], batch_size: int, seed: int) -> list[list[int]]:
    """Group the indices of a list of lengths into batches of neighbours in length, the batches shuffled by seed.

    Every batch has batch_size indices, but for one that may have fewer. The order depends on the seed alone.
    """
    ### BEGIN SOLUTION
    order = sorted(range(len(lengths)), key=lambda index: lengths[index])
    batches = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    random.Random(seed).shuffle(batches)
    return batches
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `balanced_weights(labels)`
# With 990 healthy patients and 10 sick ones, a model learns to say "healthy". A `WeightedRandomSampler` with the
# right weights draws every class equally often. Return one weight for each sample: the classes that are present
# have equal totals, and all the weights together sum to 1. A class number that does not occur (labels 0 and 2, but
# no 1) must not disturb this.
# %% [markdown] lang="ko"
# ## `balanced_weights(labels)`
# 건강한 환자 990명과 아픈 환자 10명이 있으면 모델은 "건강"이라고만 답하게 됩니다. 알맞은 가중치를 준
# `WeightedRandomSampler`는 모든 클래스를 같은 빈도로 뽑습니다. 샘플마다 가중치를 하나씩 돌려주세요. 실제로 있는
# 클래스들은 가중치의 합이 서로 같고, 전체의 합은 1입니다. 나오지 않는 클래스 번호(레이블 0과 2는 있는데 1은 없는
# 경우)가 있어도 문제가 없어야 합니다.


# %% exercise="balanced_weights"
def balanced_weights(labels: Tensor) -> Tensor:
    """Return floating weights (N,) that sum to 1, each present class having the same total; labels int64 (N,), N >=
    1."""
    ### BEGIN SOLUTION
    _, which, counts = labels.unique(return_inverse=True, return_counts=True)
    return 1.0 / (len(counts) * counts[which])
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `shard_indices(n, rank, world_size, drop_last=False)`
# When several processes train together, each takes its share of the data, and all shares must have the same size.
# Give process `rank` every `world_size`-th index, exactly as `torch.utils.data.DistributedSampler` does without
# shuffling: the list is made longer by starting again from its beginning, or, with `drop_last`, cut at the end.
# %% [markdown] lang="ko"
# ## `shard_indices(n, rank, world_size, drop_last=False)`
# 여러 프로세스가 함께 학습할 때는 각자 데이터의 자기 몫을 맡고, 모든 몫의 크기는 같아야 합니다. 셔플하지 않는
# `torch.utils.data.DistributedSampler`와 똑같이, `rank`번 프로세스에 `world_size`번째마다 하나씩 인덱스를 주세요.
# 목록이 나누어떨어지지 않으면 처음부터 다시 이어 붙여 늘리고, `drop_last`이면 끝을 잘라 냅니다.


# %% exercise="shard_indices"
def shard_indices(n: int, rank: int, world_size: int, drop_last: bool = False) -> list[int]:
    """Return the indices below n that process rank of world_size gets, as `DistributedSampler(shuffle=False)` does.

    All shares have the same size: the list starts again from its beginning, or with drop_last is cut at the end.
    """
    ### BEGIN SOLUTION
    share = n // world_size if drop_last else -(-n // world_size)
    return [(rank + step * world_size) % n for step in range(share)]
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `WrappedLoader(loader, func)`
# A loader around a loader: every batch goes through `func`, for example to move it to the GPU. It has the length of
# the loader inside, and it can be iterated once for each epoch, so `__iter__` must begin anew each time.
# %% [markdown] lang="ko"
# ## `WrappedLoader(loader, func)`
# 로더를 감싸는 로더입니다. 모든 배치가 `func`를 거치며, 예를 들어 배치를 GPU로 옮길 때 씁니다. 길이는 안에 있는 로더의
# 길이와 같고, 에폭마다 한 번씩 순회할 수 있어야 합니다. 그러니 `__iter__`는 매번 새로 시작해야 합니다.


# %% exercise="WrappedLoader"
class WrappedLoader:
    """Iterate a loader of tuples any number of times, giving `func(*batch)` for each batch; len is the loader's."""

    def __init__(self, loader: Any, func: Callable[..., Any]) -> None:
        ### BEGIN SOLUTION
        self.loader = loader
        self.func = func
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.loader)
        ### END SOLUTION

    def __iter__(self) -> Iterator[Any]:
        ### BEGIN SOLUTION
        for batch in self.loader:
            yield self.func(*batch)
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `SubsetSampler(indices, seed)`
# A sampler over some of a dataset's indices, in another order in every epoch, and yet repeatable: the order of
# epoch `e` follows from `seed` and `e` alone. Each pass moves on to the next epoch; `set_epoch(e)` says which epoch
# the next pass is. That is how an interrupted training resumes with the right order.
# %% [markdown] lang="ko"
# ## `SubsetSampler(indices, seed)`
# 데이터셋의 인덱스 일부를 에폭마다 다른 순서로 내놓으면서도 재현할 수 있는 샘플러입니다. 에폭 `e`의 순서는 오직
# `seed`와 `e`로 정해집니다. 한 번 순회할 때마다 다음 에폭으로 넘어가고, `set_epoch(e)`는 다음 순회가 몇 번째
# 에폭인지 정합니다. 중단된 학습을 올바른 순서로 이어 갈 때 쓰는 방법입니다.


# %% exercise="SubsetSampler"
class SubsetSampler(Sampler[int]):
    """Yield the indices (a list of int) in a shuffled order that follows from seed and epoch; epochs count from 0.

    Each pass moves on to the next epoch.
    """

    def __init__(self, indices: Sequence[int], seed: int) -> None:
        ### BEGIN SOLUTION
        self.indices = list(indices)
        self.seed = seed
        self.epoch = 0
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.indices)
        ### END SOLUTION

    def __iter__(self) -> Iterator[int]:
        ### BEGIN SOLUTION
        order = list(self.indices)
        random.Random(f"{self.seed} {self.epoch}").shuffle(order)
        self.epoch += 1
        return iter(order)
        ### END SOLUTION

    def set_epoch(self, epoch: int) -> None:
        """Make the next pass that of this epoch."""
        ### BEGIN SOLUTION
        self.epoch = epoch
        ### END SOLUTION
