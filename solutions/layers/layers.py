# %% [markdown] lang="en"
# # Layers: what stands behind the names
#
# Sooner or later a practitioner has to know what a layer computes, and not only what it is called: a network is
# carried over to a phone whose library numbers pixels in another way, a softmax overflows in half precision, a
# deployed model is to be faster and its batch norms are folded away, a paper changes dropout by one line. Then you
# write the layer yourself and compare.
#
# In this assignment you do that for six of the most common ones. Everything is floating; each answer keeps the
# dtype and the device of its input, leaves its inputs as they were and lets gradients through. "As `nn.functional`
# does" is meant to the last pixel: write down for small sizes which input entries one output entry sees.
# %% [markdown] lang="ko"
# # 레이어: 이름 뒤에 있는 계산
#
# 실무에서는 언젠가 레이어의 이름뿐 아니라 그 레이어가 무엇을 계산하는지 알아야 할 때가 옵니다. 픽셀의 번호를 다르게
# 매기는 라이브러리를 쓰는 휴대폰으로 신경망을 옮기기도 하고, 반정밀도에서 softmax가 넘치기도 하고, 배포할 모델을
# 빠르게 하려고 배치 정규화를 합성곱에 접어 넣기도 하고, 드롭아웃을 한 줄 바꾼 논문을 따라 해 보기도 합니다. 그럴
# 때는 레이어를 직접 쓰고 비교해 봅니다.
#
# 이 과제에서는 가장 흔한 레이어 여섯 가지를 그렇게 만들어 봅니다. 값은 모두 실수형이고, 답은 입력의 dtype과 장치를
# 유지하며, 입력을 바꾸지 않고, 기울기를 흘려보내야 합니다. "`nn.functional`처럼"이라는 말은 마지막 픽셀까지 같다는
# 뜻입니다. 작은 크기를 놓고 출력 한 자리가 입력의 어느 자리들을 보는지 적어 보세요.
# %%
import copy

import torch
from torch import Tensor, nn

# %% [markdown] lang="en"
# ## `softmax(x, dim)`
# Softmax turns scores into shares that sum to 1: `exp(x) / sum(exp(x))`. Written like that it overflows from about
# 89 on, where `exp` is infinite in float32, and infinity by infinity is NaN. Shares do not change when the same
# number is taken off all scores, and one choice of that number makes every `exp` harmless. Scores may also be
# `-inf`, as masked attention has them; at least one in each row is finite. Not allowed: every softmax of torch's.
# %% [markdown] lang="ko"
# ## `softmax(x, dim)`
# softmax는 점수를 합이 1인 몫으로 바꿉니다: `exp(x) / sum(exp(x))`. 이대로 쓰면 89쯤부터 넘칩니다. float32에서
# `exp`가 무한대가 되고, 무한대를 무한대로 나누면 NaN입니다. 모든 점수에서 같은 수를 빼도 몫은 변하지 않으므로, 그
# 수를 잘 고르면 모든 `exp`를 안전하게 만들 수 있습니다. 가려진 어텐션에서처럼 점수가 `-inf`일 수도 있지만, 행마다
# 적어도 하나는 유한합니다. torch의 softmax는 어떤 것도 쓸 수 없습니다.


# %% exercise="softmax"
def softmax(x: Tensor, dim: int) -> Tensor:
    """Return the softmax of floating x along dim, accurate for scores of 10000, too; each row has a finite score.

    x has rank 1 or more and is not empty along dim, which may be negative. Scores of -inf get 0, and no NaN.
    """
    ### BEGIN SOLUTION
    powers = (x - x.amax(dim, keepdim=True)).exp()
    return powers / powers.sum(dim, keepdim=True)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `dropout(x, p, training)`
# In training each entry is set to 0 with probability `p`, each on its own, and what is kept is divided by `1 - p`,
# so that the expectation stays: then nothing needs to be scaled in evaluation, where dropout does nothing at all.
# Draw a new mask in every call. The gradient goes through the same mask. With `p` = 1 nothing is left, and nothing
# may become NaN. Not allowed: `dropout` in all its forms; `bernoulli` is fine.
# %% [markdown] lang="ko"
# ## `dropout(x, p, training)`
# 학습할 때는 각 원소를 서로 독립적으로 확률 `p`로 0으로 만들고, 남은 값은 `1 - p`로 나누어 기댓값을 유지합니다.
# 그래서 평가할 때는 크기를 맞출 필요 없이 아무 일도 하지 않습니다. 마스크는 부를 때마다 새로 뽑으세요. 기울기도
# 같은 마스크를 지납니다. `p`가 1이면 아무것도 남지 않는데, 그때도 NaN이 나와서는 안 됩니다. 어떤 형태의 `dropout`도
# 쓸 수 없지만 `bernoulli`는 괜찮습니다.


# %% exercise="dropout"
def dropout(x: Tensor, p: float, training: bool) -> Tensor:
    """In training set each entry of x to 0 with probability p (0 to 1) and divide the others by 1 - p; else return x.

    Each entry is drawn on its own, anew in each call; the gradient uses the same mask. p = 1 gives zeros.
    """
    ### BEGIN SOLUTION
    if not training:
        return x
    scale = 1 / (1 - p) if p < 1 else 0.0
    return x * (torch.rand_like(x) >= p) * scale
    ### END SOLUTION


# %% [markdown] lang="en"
# Here is your `dropout` at work: one line for each `p`, a dot where an entry was dropped. The mean stays near 1.
# %% [markdown] lang="ko"
# 여러분의 `dropout`이 하는 일을 봅시다. `p`마다 한 줄이고, 버려진 자리는 점입니다. 평균은 1 근처에 머뭅니다.
# %% shows="dropout"
if __name__ == "__main__":
    try:
        for p in (0.0, 0.1, 0.5, 0.9, 1.0):
            kept = dropout(torch.ones(60), p, True)
            print(f"p = {p:.1f}  mean {float(kept.mean()):.2f}  " + "".join("#" if v else "." for v in kept))
    except NotImplementedError:
        print("Write dropout first, then run this cell again.")

# %% [markdown] lang="en"
# ## `adaptive_avg_pool2d(x, size)`
# A classifier for images of every size ends in this layer: whatever comes in, `size` comes out. Output row `i` of
# `h` averages the input rows from `floor(i * H / h)` up to, and without, `ceil((i + 1) * H / h)`; columns likewise.
# Where H is no multiple of h the windows *overlap*: 5 rows become 3 with the windows 0-1, 1-3, 3-4. Not allowed:
# `adaptive_avg_pool2d` and its module.
# %% [markdown] lang="ko"
# ## `adaptive_avg_pool2d(x, size)`
# 어떤 크기의 이미지든 받는 분류기는 이 레이어로 끝납니다. 무엇이 들어오든 `size`가 나옵니다. 출력의 `h`개 행 가운데
# `i`번째는 입력의 `floor(i * H / h)`번째 행부터 `ceil((i + 1) * H / h)`번째 행 앞까지를 평균합니다. 열도
# 마찬가지입니다. H가 h의 배수가 아니면 창이 서로 *겹칩니다*. 5행을 3행으로 만들 때의 창은 0-1, 1-3, 3-4입니다.
# `adaptive_avg_pool2d`와 그 모듈은 쓸 수 없습니다.


# %% exercise="adaptive_avg_pool2d"
def adaptive_avg_pool2d(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """Average x (N, C, H, W) or (C, H, W) into (..., h, w) as `nn.functional.adaptive_avg_pool2d` does.

    size is (h, w), or one int for both; all of H, W, h, w are at least 1, and h and w may be greater than H and W.
    """

    ### BEGIN SOLUTION
    def windows(length: int, pieces: int) -> list[slice]:
        return [slice(i * length // pieces, -(-(i + 1) * length // pieces)) for i in range(pieces)]

    height, width = (size, size) if isinstance(size, int) else size
    rows, columns = windows(x.shape[-2], height), windows(x.shape[-1], width)
    lines = [torch.stack([x[..., r, c].mean((-2, -1)) for c in columns], -1) for r in rows]
    return torch.stack(lines, -2)
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `interpolate_nearest(x, size)` and `interpolate_bilinear(x, size, align_corners)`
# Segmentation masks, feature pyramids and image generators change the resolution. *Nearest* copies: output row `i`
# of `h` takes input row `floor(i * (H / h))`. torch computes that product in float32, for inputs of every dtype,
# and from 26 to 22 the rounding decides one pixel: `torch.arange(h) * (H / h)` rounds in the same way.
#
# *Bilinear* mixes the two neighbours of a place between the pixels. With `align_corners` the first and the last
# pixels lie on each other, and the place is `i * (H - 1) / (h - 1)`, or 0 for a single output. Without, pixels are
# areas with their centres at one half: the place is `(i + 0.5) * (H / h) - 0.5`, and never below 0. A neighbour
# beyond the last pixel is the last pixel. Not allowed: `interpolate` and `upsample`, as functions and as modules.
# %% [markdown] lang="ko"
# ## `interpolate_nearest(x, size)`, `interpolate_bilinear(x, size, align_corners)`
# 분할 마스크, 특징 피라미드, 이미지 생성기는 해상도를 바꿉니다. *최근접*은 베낍니다. 출력의 `h`개 행 가운데
# `i`번째는 입력의 `floor(i * (H / h))`번째 행을 가져옵니다. torch는 입력의 dtype이 무엇이든 이 곱을 float32로
# 계산하며, 26에서 22로 갈 때는 그 반올림이 픽셀 하나를 좌우합니다. `torch.arange(h) * (H / h)`도 똑같이
# 반올림합니다.
#
# *쌍선형*은 픽셀 사이에 있는 자리의 두 이웃을 섞습니다. `align_corners`이면 양 끝의 픽셀이 서로 겹치고, 자리는 `i *
# (H - 1) / (h - 1)`이며 출력이 하나뿐이면 0입니다. 아니면 픽셀을 중심이 0.5에 있는 넓이로 봅니다. 자리는 `(i + 0.5)
# * (H / h) - 0.5`이고 0보다 작아지지 않습니다. 마지막 픽셀 너머의 이웃은 마지막 픽셀입니다. `interpolate`와
# `upsample`은 함수로도 모듈로도 쓸 수 없습니다.


# %% exercise="interpolate_nearest"
def interpolate_nearest(x: Tensor, size: int | tuple[int, int]) -> Tensor:
    """Resize x (N, C, H, W) to (N, C, h, w) as `nn.functional.interpolate` does with mode="nearest".

    size is (h, w), or one int for both; all of H, W, h, w are at least 1. The place of the source, i * (H / h), is
    rounded as float32 rounds it before its floor is taken.
    """

    ### BEGIN SOLUTION
    def sources(length: int, wanted: int) -> Tensor:
        return (torch.arange(wanted, dtype=torch.float32, device=x.device) * (length / wanted)).long()

    height, width = (size, size) if isinstance(size, int) else size
    return x[..., sources(x.shape[-2], height), :][..., sources(x.shape[-1], width)]
    ### END SOLUTION


# %% exercise="interpolate_bilinear"
def interpolate_bilinear(x: Tensor, size: int | tuple[int, int], align_corners: bool) -> Tensor:
    """Resize x (N, C, H, W) to (N, C, h, w) as `nn.functional.interpolate` does with mode="bilinear".

    size is (h, w), or one int for both; all of H, W, h, w are at least 1. An output size of 1 takes the first pixel
    with align_corners, and the middle without.
    """

    ### BEGIN SOLUTION
    def mixed(x: Tensor, wanted: int) -> Tensor:
        """Resize the last dimension."""
        length = x.shape[-1]
        steps = torch.arange(wanted, dtype=x.dtype, device=x.device)
        if align_corners:
            places = steps * ((length - 1) / max(wanted - 1, 1))
        else:
            places = ((steps + 0.5) * (length / wanted) - 0.5).clamp(min=0)
        left = places.long()
        right = (left + 1).clamp(max=length - 1)
        share = places - left
        return x[..., left] * (1 - share) + x[..., right] * share

    height, width = (size, size) if isinstance(size, int) else size
    return mixed(mixed(x, width).mT, height).mT
    ### END SOLUTION


# %% [markdown] lang="en"
# Here is what your two functions make of a small letter.
# %% [markdown] lang="ko"
# 작은 글자 하나를 여러분의 두 함수가 어떻게 바꾸는지 봅시다.
# %% shows="interpolate_nearest"
if __name__ == "__main__":
    letter = torch.tensor([[1, 1, 1, 0], [1, 0, 0, 1], [1, 1, 1, 0], [1, 0, 0, 0]], dtype=torch.float32)[None, None]
    try:
        pictures = [interpolate_nearest(letter, (8, 16)), interpolate_bilinear(letter, (8, 16), False)]
        for near, smooth in zip(*(picture[0, 0] for picture in pictures)):
            print("   ".join("".join(" .:-=+*#%@"[int(float(v) * 9.99)] for v in row) for row in (near, smooth)))
    except NotImplementedError:
        print("Write both functions first, then run this cell again.")

# %% [markdown] lang="en"
# ## `conv2d(x, weight, bias, stride, padding)`
# A convolution is one matrix product in disguise: cut out the window under each output pixel
# (`nn.functional.unfold` does it, or slices do), flatten it, and multiply with the flattened filters. `bias` may be
# None; `stride` and `padding` are one int or a pair, rows first. The picture is padded with zeros. Not allowed:
# `conv2d` and its module.
# %% [markdown] lang="ko"
# ## `conv2d(x, weight, bias, stride, padding)`
# 합성곱은 모습을 바꾼 행렬곱 하나입니다. 출력 픽셀마다 그 아래의 창을 잘라 내어(`nn.functional.unfold`로도,
# 슬라이스로도 할 수 있습니다) 펼친 다음, 펼친 필터와 곱하면 됩니다. `bias`는 None일 수 있고, `stride`와 `padding`은
# 정수 하나 또는 행이 먼저 오는 쌍입니다. 그림의 둘레는 0으로 채웁니다. `conv2d`와 그 모듈은 쓸 수 없습니다.


# %% exercise="conv2d"
def conv2d(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: int | tuple[int, int],
    padding: int | tuple[int, int],
) -> Tensor:
    """Return what `nn.functional.conv2d` returns for x (N, C, H, W), weight (O, C, kh, kw) and bias (O,) or None.

    stride and padding are an int or a pair (rows, columns); the padded picture is at least as large as the filter.
    """
    ### BEGIN SOLUTION
    windows = nn.functional.unfold(x, weight.shape[2:], padding=padding, stride=stride)
    result = weight.flatten(1) @ windows
    if bias is not None:
        result = result + bias[:, None]
    down = stride if isinstance(stride, int) else stride[0]
    around = padding if isinstance(padding, int) else padding[0]
    height = (x.shape[2] + 2 * around - weight.shape[2]) // down + 1
    return result.unflatten(2, (height, windows.shape[2] // height))
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `fold_batchnorm(conv, bn)`
# In evaluation a batch norm is a fixed line for each channel: `y = (c - mean) / sqrt(var + eps) * weight + bias`. A
# convolution in front of it is linear as well, so one convolution can do both: scale its filters, and put the rest
# into its bias. Deployed models are made faster in exactly this way. The convolution may come without a bias, the
# batch norm without weight and bias (`affine=False`), and groups, stride, padding and the like have to survive. The
# two modules that you are given stay as they are.
# %% [markdown] lang="ko"
# ## `fold_batchnorm(conv, bn)`
# 평가할 때의 배치 정규화는 채널마다 정해진 직선 하나입니다: `y = (c - mean) / sqrt(var + eps) * weight + bias`.
# 앞에 있는 합성곱도 선형이므로 합성곱 하나가 두 일을 다 할 수 있습니다. 필터의 크기를 바꾸고 나머지는 편향에 넣으면
# 됩니다. 배포하는 모델을 빠르게 만드는 방법이 바로 이것입니다. 합성곱에는 편향이 없을 수 있고, 배치 정규화에는
# weight와 bias가 없을 수 있습니다(`affine=False`). 그룹, 스트라이드, 패딩 같은 설정은 그대로 살아 있어야 합니다.
# 받은 두 모듈은 바꾸지 마세요.


# %% exercise="fold_batchnorm"
def fold_batchnorm(conv: nn.Conv2d, bn: nn.BatchNorm2d) -> nn.Conv2d:
    """Return one new nn.Conv2d, with a bias, that gives what bn(conv(x)) gives in eval mode; conv and bn stay as they
    are and share no memory with it.

    conv may have no bias, bn no weight and bias; groups, stride, padding, dilation and padding mode are kept.
    """
    ### BEGIN SOLUTION
    folded = copy.deepcopy(conv)
    scale = (bn.running_var + bn.eps).rsqrt() * (1 if bn.weight is None else bn.weight)
    before = 0 if conv.bias is None else conv.bias
    after = 0 if bn.bias is None else bn.bias
    folded.weight = nn.Parameter(conv.weight * scale.reshape(-1, 1, 1, 1))
    folded.bias = nn.Parameter((before - bn.running_mean) * scale + after)
    return folded
    ### END SOLUTION
