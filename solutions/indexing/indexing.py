# %% [markdown] lang="en"
# # Indexing: pick what you want, without a loop
#
# Much of a model's bookkeeping is *picking*: the probability at the right label, the last real step of a padded
# sequence, the pixels of one object. PyTorch has three tools for it, and they all read the same way once you write
# down what the result is at one position:
#
# - **Advanced indexing**, `x[rows, columns]`: the index tensors are broadcast together, and `result[i, j]` is
#   `x[rows[i, j], columns[i, j]]`.
# - **`gather`**: `result[i, j] = x[i, index[i, j]]` for `dim=1`. Every other index stays where it is.
# - **`scatter`**: the way back, `result[i, index[i, j]] = source[i, j]`.
#
# Each function must work for any sizes (also 1 and, where that makes sense, 0), keep the dtype of its input
# unless the text says otherwise, leave its inputs as they were and let gradients through. New tensors belong on the
# device of the input: `torch.arange(n, device=x.device)`.
# %% [markdown] lang="ko"
# # 인덱싱: 반복문 없이 원하는 값만 고르기
#
# 모델을 다루다 보면 *골라내는* 일이 많습니다. 정답 레이블의 확률, 패딩된 시퀀스의 마지막 실제 단계, 물체 하나의
# 픽셀처럼요. PyTorch에는 이를 위한 도구가 세 가지 있고, 결과의 한 자리가 무엇인지 적어 보면 셋 다 같은 방식으로
# 읽힙니다.
#
# - **고급 인덱싱** `x[rows, columns]`: 인덱스 텐서들을 서로 브로드캐스트하며, `result[i, j]`는
#   `x[rows[i, j], columns[i, j]]`입니다.
# - **`gather`**: `dim=1`이면 `result[i, j] = x[i, index[i, j]]`입니다. 나머지 인덱스는 제자리에 있습니다.
# - **`scatter`**: 반대 방향으로, `result[i, index[i, j]] = source[i, j]`입니다.
#
# 모든 함수는 어떤 크기에서도(1은 물론, 뜻이 통하는 곳에서는 0에서도) 동작하고, 따로 말하지 않으면 입력의 dtype을
# 유지하며, 입력을 바꾸지 않고, 기울기를 흘려보내야 합니다. 새 텐서는 입력과 같은 장치에 만드세요.
# 예: `torch.arange(n, device=x.device)`.
# %%
import torch
from torch import Tensor

# %% [markdown] lang="en"
# ## `gather_along(x, dim, index)`
# Do what `torch.gather(x, dim, index)` does, without `gather` and `take_along_dim`. The result has the shape of
# `index`; in every dimension but `dim` the position is the result's own, and along `dim` it is what `index` says.
# `index` may be smaller than `x` in the other dimensions: then only the beginning of `x` is used there. Think of
# one index tensor for each dimension.
# %% [markdown] lang="ko"
# ## `gather_along(x, dim, index)`
# `gather`와 `take_along_dim` 없이 `torch.gather(x, dim, index)`와 같은 일을 하세요. 결과의 모양은 `index`의
# 모양입니다. `dim`이 아닌 차원에서는 결과의 위치를 그대로 쓰고, `dim`에서는 `index`가 말하는 위치를 씁니다. 나머지
# 차원에서 `index`가 `x`보다 작을 수도 있는데, 그때는 `x`의 앞부분만 씁니다. 차원마다 인덱스 텐서를
# 하나씩 떠올려 보세요.


# %% exercise="gather_along"
def gather_along(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """Pick from x (rank 1 to 4, any dtype) along dim as `torch.gather` does; index is int64 and of the same rank.

    The result has the shape of index and the dtype of x; index may be smaller than x in the other dimensions. dim may
    be negative. Without `gather` and `take_along_dim`.
    """
    ### BEGIN SOLUTION
    places = []
    for axis, size in enumerate(index.shape):
        along = [1] * index.dim()
        along[axis] = size
        places.append(torch.arange(size, device=x.device).reshape(along))
    places[dim] = index
    return x[tuple(places)]
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `index_select_along(x, dim, index)`
# Do what `torch.index_select(x, dim, index)` does: whole slices of `x` along `dim`, in the order in which the 1-d
# `index` names them. The same slice may be named several times, or `index` may be empty. Not allowed:
# `index_select`, `take`, `gather`.
# %% [markdown] lang="ko"
# ## `index_select_along(x, dim, index)`
# `torch.index_select(x, dim, index)`와 같은 일을 하세요. 1차원 `index`가 부르는 순서대로 `dim` 방향의 조각을 통째로
# 가져옵니다. 같은 조각을 여러 번 부를 수도 있고 `index`가 비어 있을 수도 있습니다. `index_select`, `take`, `gather`는
# 쓸 수 없습니다.


# %% exercise="index_select_along"
def index_select_along(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """Select slices of x (any rank from 1, any dtype) along dim by the 1-d int64 index, as `torch.index_select` does.

    A slice may be named several times, and index may be empty. Without `index_select`, `take` and `gather`.
    """
    ### BEGIN SOLUTION
    slices_first = x.movedim(dim, 0)
    return slices_first[index].movedim(0, dim)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `diagonal_2d(x)`
# The main diagonal of a matrix that need not be square, with `gather`. In row `i`, which column do you want?
# Not allowed: `diag`, `diagonal`, `einsum`.
# %% [markdown] lang="ko"
# ## `diagonal_2d(x)`
# 정사각형이 아닐 수도 있는 행렬의 주대각선을 `gather`로 구하세요. `i`번째 행에서는 어느 열이 필요할까요?
# `diag`, `diagonal`, `einsum`은 쓸 수 없습니다.


# %% exercise="diagonal_2d"
def diagonal_2d(x: Tensor) -> Tensor:
    """Return the main diagonal, of shape (min(H, W),), of x (H, W), any dtype.

    With `gather`; without `diag`, `diagonal` and `einsum`.
    """
    ### BEGIN SOLUTION
    n = min(x.shape)
    columns = torch.arange(n, device=x.device).unsqueeze(1)
    return x[:n].gather(1, columns).squeeze(1)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `diagonal_3d(x)`
# The same for every plane of a stack `(C, H, W)`, again with `gather`. Mind that `squeeze()` without a dimension
# also removes a channel dimension of size 1.
# %% [markdown] lang="ko"
# ## `diagonal_3d(x)`
# `(C, H, W)` 모양으로 쌓인 평면마다 같은 일을, 이번에도 `gather`로 하세요. 차원을 주지 않은 `squeeze()`는 크기가 1인
# 채널 차원까지 없앤다는 점에 주의하세요.


# %% exercise="diagonal_3d"
def diagonal_3d(x: Tensor) -> Tensor:
    """Return each plane's main diagonal, of shape (C, min(H, W)), of x (C, H, W), any dtype.

    With `gather`; without `diag`, `diagonal` and `einsum`. A channel dimension of size 1 stays.
    """
    ### BEGIN SOLUTION
    channels, height, width = x.shape
    n = min(height, width)
    columns = torch.arange(n, device=x.device).reshape(1, n, 1).expand(channels, n, 1)
    return x[:, :n].gather(2, columns).squeeze(2)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `last_valid(x, lengths)`
# A padded batch of sequences `x` and how many steps of each are real. Return the last real step of each sequence,
# the one a classifier on top of an RNN looks at. Padding must not influence the result or the gradient.
# %% [markdown] lang="ko"
# ## `last_valid(x, lengths)`
# 패딩된 시퀀스 배치 `x`와 각 시퀀스의 실제 단계 수가 주어집니다. 시퀀스마다 마지막 실제 단계를 돌려주세요. RNN 위의
# 분류기가 보는 바로 그 단계입니다. 패딩은 결과에도 기울기에도 영향을 주어서는 안 됩니다.


# %% exercise="last_valid"
def last_valid(x: Tensor, lengths: Tensor) -> Tensor:
    """Return step `length - 1` of each row, of shape (B, D): x is (B, T, D), lengths is int64 (B,) with values 1..T.

    Padding influences neither the result nor the gradient.
    """
    ### BEGIN SOLUTION
    rows = torch.arange(x.shape[0], device=x.device)
    return x[rows, lengths - 1]
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `pick_rows(x, index)`
# For every batch element another choice of rows: `result[b, k] = x[b, index[b, k]]`. Which second index tensor does
# that need, and of what shape so that the two broadcast?
# %% [markdown] lang="ko"
# ## `pick_rows(x, index)`
# 배치 원소마다 다른 행들을 고릅니다: `result[b, k] = x[b, index[b, k]]`. 이를 위해 어떤 인덱스 텐서가 하나 더
# 필요하고, 둘이 브로드캐스트되려면 그 모양은 어때야 할까요?


# %% exercise="pick_rows"
def pick_rows(x: Tensor, index: Tensor) -> Tensor:
    """Return the chosen rows, of shape (B, K, D), of x (B, N, D); index is int64 (B, K) with values 0..N-1."""
    ### BEGIN SOLUTION
    batch = torch.arange(x.shape[0], device=x.device).unsqueeze(1)
    return x[batch, index]
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `one_hot(labels, num_classes)`
# A vector of zeros with a single 1 for every label, whatever the shape of `labels` (a single 0-d label included).
# Write the ones with `scatter`, `scatter_`, `scatter_add` or `scatter_add_`. Not allowed:
# `torch.nn.functional.one_hot`, `torch.eye`.
# %% [markdown] lang="ko"
# ## `one_hot(labels, num_classes)`
# 레이블마다 1이 하나뿐이고 나머지는 0인 벡터를 만드세요. `labels`의 모양은 무엇이든 될 수 있습니다(0차원 레이블 하나도
# 포함). 1은 `scatter`, `scatter_`, `scatter_add`, `scatter_add_` 중 하나로 써넣으세요.
# `torch.nn.functional.one_hot`과 `torch.eye`는 쓸 수 없습니다.


# %% exercise="one_hot"
def one_hot(labels: Tensor, num_classes: int) -> Tensor:
    """Return int64 zeros of shape `labels.shape + (num_classes,)` with a 1 at each label; labels are int64, 0-d too.

    With `scatter`, `scatter_`, `scatter_add` or `scatter_add_`; without `torch.nn.functional.one_hot` and `torch.eye`.
    """
    ### BEGIN SOLUTION
    zeros = torch.zeros(*labels.shape, num_classes, dtype=torch.int64, device=labels.device)
    return zeros.scatter(-1, labels.unsqueeze(-1), 1)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `label_nll(logits, labels)`
# The loss of classification: minus the log-softmax at the right label, averaged over the samples. Logits of a
# thousand must not turn into infinity or NaN. Not allowed: `cross_entropy` and `nll_loss`, as functions and as
# modules.
# %% [markdown] lang="ko"
# ## `label_nll(logits, labels)`
# 분류의 손실입니다. 정답 레이블 위치의 log-softmax에 음의 부호를 붙여 샘플에 대해 평균하세요. 로짓이 천 단위여도
# 무한대나 NaN이 되어서는 안 됩니다. `cross_entropy`와 `nll_loss`는 함수로도 모듈로도 쓸 수 없습니다.


# %% exercise="label_nll"
def label_nll(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the mean of minus log-softmax at the label, 0-d: floating logits (N, C), N >= 1, int64 labels (N,).

    Logits of a thousand give no infinity and no NaN. Without `cross_entropy` and `nll_loss`, functions or modules.
    """
    ### BEGIN SOLUTION
    log_probabilities = logits.log_softmax(dim=1)
    return -log_probabilities.gather(1, labels.unsqueeze(1)).mean()
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `masks_from_ids(ids)`
# A segmentation image holds an object's id at each pixel, 0 for the background. Return one boolean mask for each
# object, ids rising. Ids may have gaps (1, 2, 7), there may be no background pixel, and there may be no object:
# then the result is `(0, H, W)`.
# %% [markdown] lang="ko"
# ## `masks_from_ids(ids)`
# 분할 이미지는 픽셀마다 물체의 번호를 담고 있고, 0은 배경입니다. 번호가 커지는 순서로 물체마다 불리언 마스크를 하나씩
# 돌려주세요. 번호는 건너뛸 수 있고(1, 2, 7), 배경 픽셀이 없을 수도, 물체가 하나도 없을 수도 있습니다. 물체가 없으면
# 결과의 모양은 `(0, H, W)`입니다.


# %% exercise="masks_from_ids"
def masks_from_ids(ids: Tensor) -> Tensor:
    """Return bool masks (N, H, W), one for each id other than 0 present in the int64 image ids (H, W), ids rising.

    Ids may have gaps. Without background each id has its mask all the same; without an object the result is (0, H, W).
    """
    ### BEGIN SOLUTION
    present = ids.unique()
    objects = present[present != 0]
    return ids == objects[:, None, None]
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `boxes_from_masks(masks)`
# The smallest box around each mask as `x_min, y_min, x_max, y_max`, the last pixel included, as torchvision's
# `masks_to_boxes` gives it. x counts columns, y counts rows. A single pixel gives a box whose corners are equal; no
# mask at all gives `(0, 4)`.
# %% [markdown] lang="ko"
# ## `boxes_from_masks(masks)`
# 각 마스크를 둘러싸는 가장 작은 상자를 torchvision의 `masks_to_boxes`처럼 `x_min, y_min, x_max, y_max`로 구하세요.
# 마지막 픽셀도 포함합니다. x는 열을, y는 행을 셉니다. 픽셀이 하나면 두 모서리가 같은 상자가 되고, 마스크가 없으면
# 결과는 `(0, 4)`입니다.


# %% exercise="boxes_from_masks"
def boxes_from_masks(masks: Tensor) -> Tensor:
    """Return float32 boxes (N, 4) as x_min, y_min, x_max, y_max of bool masks (N, H, W), none of them empty.

    x counts columns and y rows; the last pixel is included, so that a single pixel has equal corners. No mask gives
    (0, 4).
    """
    ### BEGIN SOLUTION
    boxes = torch.zeros(masks.shape[0], 4, dtype=torch.float32, device=masks.device)
    for number, mask in enumerate(masks):
        rows, columns = torch.where(mask)
        boxes[number] = torch.stack([columns.min(), rows.min(), columns.max(), rows.max()])
    return boxes
    ### END SOLUTION
