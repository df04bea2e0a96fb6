# %% [markdown] lang="en"
# # Tensors: values, shapes and memory
#
# Most of the errors that cost a practitioner an afternoon are not in the model. A picture goes in with its colours
# exchanged, a vector is multiplied along the wrong axis, an array changes because a tensor that shares its memory
# was changed, a mean over nothing becomes NaN and three layers later everything is. None of these raises an error:
# the program runs, and the numbers are wrong.
#
# This assignment goes through those places one by one. Each function must work for any sizes (also 1 and, where
# that makes sense, 0), keep the dtype and the device of its input unless the text says otherwise, leave its inputs
# as they were, and let gradients through.
# %% [markdown] lang="ko"
# # 텐서: 값, 모양, 메모리
#
# 실무에서 오후를 통째로 날리게 하는 오류는 대부분 모델 안에 있지 않습니다. 색 순서가 뒤바뀐 채로 그림이 들어가고,
# 벡터가 엉뚱한 축을 따라 곱해지고, 메모리를 함께 쓰는 텐서를 바꿨더니 배열까지 바뀌고, 아무것도 없는 것의 평균이
# NaN이 되어 세 층 뒤에는 모든 값이 NaN이 됩니다. 어느 것도 오류를 내지 않습니다. 프로그램은 돌아가고 숫자만
# 틀립니다.
#
# 이 과제에서는 그런 곳을 하나씩 짚어 봅니다. 모든 함수는 어떤 크기에서도(1은 물론, 뜻이 통하는 곳에서는 0에서도)
# 동작하고, 따로 말하지 않으면 입력의 dtype과 장치를 유지하며, 입력을 바꾸지 않고, 기울기를 흘려보내야 합니다.
# %%
import numpy as np
import torch
from torch import Tensor

# %% [markdown] lang="en"
# ## `max_along(x, dim)`
# A classifier's answer is the place of the greatest score, and its confidence is that score. Return both: the
# maximum of `x` along `dim`, and the index at which it stands, as `torch.max(x, dim)` does. Where several entries
# are equally great, any of their indices is right. Not allowed: `max`, `amax`, `topk`, `sort`, `argsort`,
# `kthvalue`, `cummax`, `aminmax`. Does your answer also hold where every score is negative?
# %% [markdown] lang="ko"
# ## `max_along(x, dim)`
# 분류기의 답은 점수가 가장 큰 위치이고, 그 점수가 곧 확신의 정도입니다. 둘을 함께 돌려주세요. `torch.max(x,
# dim)`처럼 `x`의 `dim` 방향 최댓값과, 그 값이 있는 인덱스입니다. 가장 큰 값이 여럿이면 그중 어느 인덱스든 맞습니다.
# `max`, `amax`, `topk`, `sort`, `argsort`, `kthvalue`, `cummax`, `aminmax`는 쓸 수 없습니다. 모든 점수가 음수일
# 때도 맞는 답인가요?


# %% exercise="max_along"
def max_along(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Return (values, indices): the maximum of x along dim, and an int64 index at which it stands.

    x is floating or int64, of rank 1 or more, and not empty along dim, which may be negative. Both results have the
    shape of x without dim; values has the dtype of x and passes gradients to the entries chosen. Any tied index is
    right.
    """
    ### BEGIN SOLUTION
    indices = x.argmax(dim, keepdim=True)
    return x.gather(dim, indices).squeeze(dim), indices.squeeze(dim)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `argmax_keepdim(x, dim)`
# The same index, but the dimension stays, with size 1: the result then broadcasts against `x`, or serves as the
# index of `gather`. Return what `torch.argmax(x, dim, keepdim=True)` returns, by whatever function you like; any
# tied index is right.
# %% [markdown] lang="ko"
# ## `argmax_keepdim(x, dim)`
# 같은 인덱스를 구하되, 이번에는 그 차원이 크기 1로 남습니다. 그러면 결과를 `x`와 브로드캐스트하거나 `gather`의
# 인덱스로 바로 쓸 수 있습니다. `torch.argmax(x, dim, keepdim=True)`가 돌려주는 것을 어떤 함수로든 구하세요. 가장 큰
# 값이 여럿이면 어느 인덱스든 맞습니다.


# %% exercise="argmax_keepdim"
def argmax_keepdim(x: Tensor, dim: int) -> Tensor:
    """Return the int64 index of a maximum of x along dim, which stays with size 1; any tied index is right.

    x is floating or int64, of rank 1 or more, and not empty along dim, which may be negative.
    """
    ### BEGIN SOLUTION
    return x.argmax(dim, keepdim=True)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `copy_from_numpy(a)` and `share_with_numpy(a)`
# There are two ways from numpy to torch. A *copy* is safe: whatever happens to the array later, the tensor stays. A
# *shared* tensor costs nothing, and it is the same memory under two names: whoever writes to one writes to both.
# You must know which one you have, so write both. The dtype is the array's in either case. `torch.Tensor(a)` with a
# capital T is neither: it makes float32 of whatever it gets.
# %% [markdown] lang="ko"
# ## `copy_from_numpy(a)`, `share_with_numpy(a)`
# numpy에서 torch로 가는 길은 두 가지입니다. *복사*는 안전합니다. 나중에 배열에 무슨 일이 생기든 텐서는
# 그대로입니다. *공유*는 비용이 들지 않는 대신 같은 메모리에 이름이 둘 붙은 것입니다. 한쪽에 쓰면 다른 쪽도
# 바뀝니다. 지금 가진 것이 어느 쪽인지 알아야 하므로 둘 다 만들어 봅니다. dtype은 두 경우 모두 배열의 것입니다.
# 대문자 T로 쓰는 `torch.Tensor(a)`는 어느 쪽도 아닙니다. 무엇을 받든 float32로 만듭니다.


# %% exercise="copy_from_numpy"
def copy_from_numpy(a: np.ndarray) -> Tensor:
    """Return a fresh tensor of the shape, dtype and values of a, which shares no memory with it; a may be a view."""
    ### BEGIN SOLUTION
    return torch.from_numpy(a).clone()
    ### END SOLUTION


# %% exercise="share_with_numpy"
def share_with_numpy(a: np.ndarray) -> Tensor:
    """Return a tensor of the shape and dtype of a that shares its memory, so that either sees what is written to the
    other; a may be a transposed or strided view."""
    ### BEGIN SOLUTION
    return torch.from_numpy(a)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `channel_scale(x, v)`
# Channel attention, white balance, the scale of a batch norm: all of them multiply each channel of `x` `(C, H, W)`
# by its own number `v[c]`. Broadcasting aligns shapes at their *last* dimension, so `x * v` multiplies the columns,
# and it says nothing when C happens to equal W. Give `v` the shape in which it stands on the channels.
# %% [markdown] lang="ko"
# ## `channel_scale(x, v)`
# 채널 어텐션, 화이트 밸런스, 배치 정규화의 스케일은 모두 `x` `(C, H, W)`의 각 채널에 그 채널의 수 `v[c]`를
# 곱합니다. 브로드캐스트는 모양을 *마지막* 차원부터 맞추므로 `x * v`는 열에 곱하는 셈이고, 마침 C와 W가 같으면 아무
# 말 없이 넘어갑니다. `v`가 채널 차원에 놓이도록 모양을 바꾸세요.


# %% exercise="channel_scale"
def channel_scale(x: Tensor, v: Tensor) -> Tensor:
    """Return x (C, H, W) with channel c multiplied by v[c]; v (C,) has the dtype of x, floating or int64."""
    ### BEGIN SOLUTION
    return x * v.reshape(-1, 1, 1)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `image_to_batch(image)`
# OpenCV reads a picture as `(H, W, 3)` bytes with the colours in the order blue, green, red. A network wants a
# batch `(1, 3, H, W)` of float32 numbers between 0 and 1, red first. Three steps: reverse the colours, bring the
# channels to the front, scale. `view` and `reshape` are no way to move a dimension: the shape comes out right and
# the picture as confetti. That is why the cell below draws it.
# %% [markdown] lang="ko"
# ## `image_to_batch(image)`
# OpenCV는 그림을 파랑, 초록, 빨강 순서의 바이트 `(H, W, 3)`으로 읽습니다. 신경망이 바라는 것은 빨강이 먼저 오고 0과
# 1 사이의 float32로 된 배치 `(1, 3, H, W)`입니다. 할 일은 세 가지입니다. 색의 순서를 뒤집고, 채널을 앞으로 옮기고,
# 크기를 맞추세요. `view`나 `reshape`는 차원을 옮기는 방법이 아닙니다. 모양은 맞게 나오지만 그림은 색종이 조각이
# 됩니다. 그래서 아래 셀에서 그림으로 그려 봅니다.


# %% exercise="image_to_batch"
def image_to_batch(image: np.ndarray) -> Tensor:
    """Turn a uint8 BGR image (H, W, 3), which may be a view, into an RGB batch (1, 3, H, W), float32 in [0, 1]."""
    ### BEGIN SOLUTION
    red_first = torch.from_numpy(image)[:, :, [2, 1, 0]]
    return red_first.permute(2, 0, 1).unsqueeze(0) / 255
    ### END SOLUTION


# %% [markdown] lang="en"
# Here is what your `image_to_batch` makes of a yellow cross on a blue ground. Yellow is red plus green: the cross
# must be bright in the first two channels and dark in the third.
# %% [markdown] lang="ko"
# 파란 바탕의 노란 십자를 여러분의 `image_to_batch`가 어떻게 바꾸는지 봅시다. 노랑은 빨강과 초록을 더한 색입니다.
# 십자가 처음 두 채널에서는 밝고 세 번째 채널에서는 어두워야 합니다.
# %% shows="image_to_batch"
if __name__ == "__main__":
    flag = np.zeros((7, 13, 3), np.uint8)
    flag[:, :, 0] = 160
    flag[3, :] = flag[:, 4] = (0, 220, 250)
    try:
        planes = image_to_batch(flag)[0]
        for name, plane in zip(("red", "green", "blue"), planes):
            print(name)
            print("\n".join("".join(" .:-=+*#%@"[int(float(v) * 9.99)] * 2 for v in row) for row in plane))
    except NotImplementedError:
        print("Write image_to_batch first, then run this cell again.")

# %% [markdown] lang="en"
# ## `tile(x, *reps)`
# Repeat a tensor like a tile on a wall: `tile(x, 2, 3)` puts two copies below each other and three side by side, as
# `x.repeat(2, 3)` does. More numbers than dimensions give new dimensions in front, and a number may be 0. Not
# allowed: `repeat`, `tile`, `repeat_interleave`. Two ways lead there: put copies together along one dimension after
# the other, or expand a new dimension before each old one and merge the two.
# %% [markdown] lang="ko"
# ## `tile(x, *reps)`
# 텐서를 벽의 타일처럼 반복하세요. `tile(x, 2, 3)`은 `x.repeat(2, 3)`처럼 세로로 두 장, 가로로 세 장을 붙입니다.
# 차원보다 많은 수를 주면 앞에 새 차원이 생기고, 수는 0일 수도 있습니다. `repeat`, `tile`, `repeat_interleave`는 쓸
# 수 없습니다. 길은 두 가지입니다. 차원마다 차례로 사본을 이어 붙이거나, 원래 차원 앞마다 새 차원을 넣고 펼친 뒤
# 둘을 합치면 됩니다.


# %% exercise="tile"
def tile(x: Tensor, *reps: int) -> Tensor:
    """Return what `x.repeat(*reps)` returns: x (any rank, any dtype), reps[i] times along dimension i of the result.

    There are at least as many reps as dimensions; the last ones belong to the dimensions of x, those before them make
    new dimensions in front. A rep may be 0.
    """
    ### BEGIN SOLUTION
    shape = [1] * (len(reps) - x.dim()) + list(x.shape)
    pairs = [size for pair in zip(reps, shape) for size in pair]
    spread = x.reshape([size for n in shape for size in (1, n)]).expand(pairs)
    return spread.reshape([rep * n for rep, n in zip(reps, shape)])
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `split_sizes(n, chunks)` and `tensor_split_sizes(n, sections)`
# Cutting a batch for several devices, or a sequence into windows, begins with one question: how long is each piece?
# torch has two answers. `torch.chunk` makes all pieces equally long, rounded *up*, but for the last, and so it may
# return fewer pieces than you asked for: 6 in 4 chunks is 2, 2, 2. `torch.tensor_split` always returns as many as
# you asked for, and the first ones are one longer: 2, 2, 1, 1. Work out both lists of sizes. What does `chunk` do
# with nothing at all? It returns `chunks` empty pieces.
# %% [markdown] lang="ko"
# ## `split_sizes(n, chunks)`, `tensor_split_sizes(n, sections)`
# 배치를 여러 장치에 나누거나 시퀀스를 창으로 자를 때 맨 먼저 묻게 됩니다. 조각 하나의 길이는 얼마일까요? torch의
# 답은 두 가지입니다. `torch.chunk`는 마지막을 뺀 모든 조각의 길이를 똑같이, *올림*해서 정하므로 부탁한 것보다 적은
# 조각이 나올 수 있습니다. 6을 4조각으로 나누면 2, 2, 2입니다. `torch.tensor_split`은 언제나 부탁한 수만큼 돌려주고
# 앞쪽 조각이 하나씩 깁니다. 2, 2, 1, 1처럼요. 두 가지 크기 목록을 모두 구하세요. 나눌 것이 하나도 없으면 `chunk`는
# 어떻게 할까요? 빈 조각 `chunks`개를 돌려줍니다.


# %% exercise="split_sizes"
def split_sizes(n: int, chunks: int) -> list[int]:
    """Return the sizes, as ints, of the pieces that `torch.chunk` makes of a dimension of size n >= 0; chunks >= 1.

    A dimension of size 0 gives `chunks` empty pieces.
    """
    ### BEGIN SOLUTION
    if n == 0:
        return [0] * chunks
    size = -(-n // chunks)
    return [min(size, n - start) for start in range(0, n, size)]
    ### END SOLUTION


# %% exercise="tensor_split_sizes"
def tensor_split_sizes(n: int, sections: int) -> list[int]:
    """Return the sizes, as ints, of the pieces that `torch.tensor_split` makes of a dimension of size n >= 0;
    sections >= 1, and there are always as many pieces."""
    ### BEGIN SOLUTION
    size, longer = divmod(n, sections)
    return [size + (number < longer) for number in range(sections)]
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `squeeze_keep_batch(x)`
# `x.squeeze()` tidies up dimensions of size 1, and it works until the day a batch holds one sample: then the batch
# dimension goes too, and the loss breaks at the last batch of the epoch. Drop every dimension of size 1 *except*
# dimension 0.
# %% [markdown] lang="ko"
# ## `squeeze_keep_batch(x)`
# `x.squeeze()`는 크기가 1인 차원을 정리해 줍니다. 배치에 샘플이 하나뿐인 날이 오기 전까지는 잘 됩니다. 그날에는
# 배치 차원까지 사라지고, 에폭의 마지막 배치에서 손실 계산이 깨집니다. 크기가 1인 차원을 모두 없애되 0번 차원은
# *남겨* 두세요.


# %% exercise="squeeze_keep_batch"
def squeeze_keep_batch(x: Tensor) -> Tensor:
    """Drop every dimension of size 1 except dimension 0, whatever its size; x has rank 1 or more, any dtype."""
    ### BEGIN SOLUTION
    return x.reshape([x.shape[0], *(size for size in x.shape[1:] if size != 1)])
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `masked_mean(x, mask, dim)`
# Padding, missing sensors, ignored labels: average over `dim` only the entries where `mask` is True, and give 0
# where there is none. The hidden entries must not matter in any way, even when they are NaN or infinite, and
# neither in the gradient. `x * mask` fails at this: NaN times 0 is NaN. Choose with `torch.where` instead, and mind
# the division where nothing is left.
# %% [markdown] lang="ko"
# ## `masked_mean(x, mask, dim)`
# 패딩, 고장 난 센서, 무시할 레이블이 있을 때는 `mask`가 True인 값만 `dim` 방향으로 평균하고, 하나도 없는 곳에는 0을
# 주세요. 가려진 값은 NaN이나 무한대여도 결과에, 기울기에도 어떤 영향도 주어서는 안 됩니다. `x * mask`는 여기서
# 통하지 않습니다. NaN에 0을 곱하면 NaN입니다. 대신 `torch.where`로 고르고, 남은 값이 없는 곳의 나눗셈에 주의하세요.


# %% exercise="masked_mean"
def masked_mean(x: Tensor, mask: Tensor, dim: int) -> Tensor:
    """Return the mean over dim, which is dropped, of the entries of x where mask is True, and 0 where none is.

    x is floating, mask is bool of the same shape. Hidden entries, NaN and infinity included, change neither the result
    nor the gradient, which is 0 there. dim may be negative or of size 0. The dtype stays.
    """
    ### BEGIN SOLUTION
    kept = torch.where(mask, x, 0)
    return kept.sum(dim) / mask.sum(dim).clamp(min=1)
    ### END SOLUTION
