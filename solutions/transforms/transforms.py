# %% [markdown] lang="en"
# # Transforms: what happens to a picture before the network sees it
#
# A detector that was trained on flipped pictures with unflipped boxes learns nonsense, and no error is raised. A
# crop that is off by one pixel costs accuracy that nobody finds again. A picture that was normalised cannot be
# looked at before it is brought back. The transforms between file and network are short, and they deserve the care
# that they seldom get: geometry must be the same for picture and boxes, randomness must come from where you say,
# and you should look at what goes in.
#
# torchvision has all of this, and its answers are the measure here; write it yourself once. Pictures are tensors
# `(C, H, W)`, boxes are rows `x1, y1, x2, y2` with x counting columns. Results are new tensors: what you are given
# stays as it is.
# %% [markdown] lang="ko"
# # 변환: 신경망이 보기 전에 그림에 일어나는 일
#
# 그림은 뒤집고 상자는 뒤집지 않은 채로 학습한 탐지기는 엉터리를 배우지만 오류는 나지 않습니다. 한 픽셀 어긋난
# 자르기는 아무도 되찾지 못할 정확도를 깎아 먹습니다. 정규화한 그림은 되돌리지 않으면 눈으로 볼 수 없습니다. 파일과
# 신경망 사이의 변환은 짧지만 좀처럼 받지 못하는 정성을 받을 만합니다. 그림과 상자의 기하는 같아야 하고, 무작위는
# 정해 준 곳에서 나와야 하며, 무엇이 들어가는지 눈으로 보아야 합니다.
#
# torchvision에는 이 모든 것이 있고 여기서는 그 답을 기준으로 삼지만, 한 번은 직접 써 봅시다. 그림은 텐서 `(C, H,
# W)`이고, 상자는 x가 열을 세는 행 `x1, y1, x2, y2`입니다. 결과는 새 텐서이고, 받은 것은 그대로 두어야 합니다.
# %%
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

# %% [markdown] lang="en"
# ## `Compose(transforms)`
# A chain: the first transform gets the input, each further one what the one before gave. An empty chain gives its
# input back. When it is printed it shows its transforms in order, as torchvision's does: that is how people read in
# a log what a model was trained on.
# %% [markdown] lang="ko"
# ## `Compose(transforms)`
# 사슬입니다. 첫 변환은 입력을 받고, 그다음 변환은 앞의 것이 낸 결과를 받습니다. 빈 사슬은 입력을 그대로 돌려줍니다.
# 출력하면 torchvision의 것처럼 변환들을 차례로 보여 줍니다. 모델을 무엇으로 학습했는지 로그에서 읽는 방법이 바로
# 이것입니다.


# %% exercise="Compose"
class Compose:
    """Applies callables one after the other; `repr` shows the repr of each of them, in order."""

    def __init__(self, transforms: Sequence[Callable[[Any], Any]]) -> None:
        ### BEGIN SOLUTION
        self.transforms = transforms
        ### END SOLUTION

    def __call__(self, x: Any) -> Any:
        ### BEGIN SOLUTION
        for transform in self.transforms:
            x = transform(x)
        return x
        ### END SOLUTION

    def __repr__(self) -> str:
        ### BEGIN SOLUTION
        lines = [f"    {transform!r}\n" for transform in self.transforms]
        return f"Compose(\n{''.join(lines)})"
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `CenterCrop(size)`
# Cut the middle out of a picture. `size` is one int or `(h, w)`. Where the picture is smaller it is padded with
# zeros first; of an odd number of rows, the additional one is at the bottom, and of columns at the right. Where it
# is larger, the crop begins at `round((H - h) / 2)`, and Python rounds a half to the even number: 0.5 to 0, 1.5 to
# 2.
# %% [markdown] lang="ko"
# ## `CenterCrop(size)`
# 그림의 가운데를 잘라 냅니다. `size`는 정수 하나 또는 `(h, w)`입니다. 그림이 더 작으면 먼저 0으로 둘레를 채웁니다.
# 채울 행의 수가 홀수면 남는 한 행은 아래에, 열이면 오른쪽에 둡니다. 그림이 더 크면 자르기는 `round((H - h) /
# 2)`에서 시작하는데, 파이썬은 절반을 짝수로 반올림합니다. 0.5는 0으로, 1.5는 2로요.


# %% exercise="CenterCrop"
class CenterCrop:
    """Cuts the middle of size h x w out of a picture (C, H, W) of any dtype, as torchvision's CenterCrop does.

    size is an int, for a square, or (h, w). Smaller pictures are padded with zeros.
    """

    def __init__(self, size: int | Sequence[int]) -> None:
        ### BEGIN SOLUTION
        self.height, self.width = (size, size) if isinstance(size, int) else size
        ### END SOLUTION

    def __call__(self, image: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        rows, columns = max(self.height - image.shape[1], 0), max(self.width - image.shape[2], 0)
        sides = (columns // 2, columns - columns // 2, rows // 2, rows - rows // 2)
        padded = nn.functional.pad(image, sides)
        top = round((padded.shape[1] - self.height) / 2)
        left = round((padded.shape[2] - self.width) / 2)
        return padded[:, top : top + self.height, left : left + self.width]
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `RandomHorizontalFlip(p, generator)`
# With probability `p` the picture is mirrored, left to right, as a whole. Every draw comes from the
# `torch.Generator` that is given, and nothing from the global one: then a worker's augmentation can be repeated
# from the generator's state, whatever else the program draws. `p` = 0 never flips and `p` = 1 always does.
# %% [markdown] lang="ko"
# ## `RandomHorizontalFlip(p, generator)`
# 확률 `p`로 그림 전체를 좌우로 뒤집습니다. 무작위 수는 모두 주어진 `torch.Generator`에서 뽑고, 전역 생성기에서는
# 하나도 뽑지 않습니다. 그러면 프로그램이 다른 곳에서 무엇을 뽑든 생성기의 상태만으로 데이터 증강을 되풀이할 수
# 있습니다. `p`가 0이면 절대 뒤집지 않고 1이면 언제나 뒤집습니다.


# %% exercise="RandomHorizontalFlip"
class RandomHorizontalFlip:
    """Mirrors a picture (C, H, W) left to right with probability p, drawn in each call from the generator alone."""

    def __init__(self, p: float, generator: torch.Generator) -> None:
        ### BEGIN SOLUTION
        self.p = p
        self.generator = generator
        ### END SOLUTION

    def __call__(self, image: Tensor) -> Tensor:
        ### BEGIN SOLUTION
        if torch.rand((), generator=self.generator) < self.p:
            return image.flip(-1)
        return image
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `flip_with_boxes(image, boxes)`
# Mirror a picture and its boxes together. A column x becomes W - x, so that the right edge of a box becomes its
# left one: the two change places, or the box ends before it begins. There may be no box at all.
# %% [markdown] lang="ko"
# ## `flip_with_boxes(image, boxes)`
# 그림과 상자를 함께 뒤집습니다. 열 x는 W - x가 되므로 상자의 오른쪽 모서리가 왼쪽 모서리가 됩니다. 둘의 자리를
# 바꾸지 않으면 상자가 시작하기 전에 끝납니다. 상자가 하나도 없을 수도 있습니다.


# %% exercise="flip_with_boxes"
def flip_with_boxes(image: Tensor, boxes: Tensor) -> tuple[Tensor, Tensor]:
    """Mirror image (C, H, W) and boxes (N, 4), x1, y1, x2, y2 with x1 <= x2, left to right, and return both.

    The boxes stay ordered (x1 <= x2); both keep their dtypes, which may be integer.
    """
    ### BEGIN SOLUTION
    left, top, right, bottom = boxes.unbind(1)
    width = image.shape[2]
    return image.flip(2), torch.stack([width - right, top, width - left, bottom], 1)
    ### END SOLUTION


# %% [markdown] lang="en"
# Here is what your `flip_with_boxes` makes of a small picture with a box: the frame should go on surrounding the
# shape.
# %% [markdown] lang="ko"
# 상자가 하나 있는 작은 그림을 여러분의 `flip_with_boxes`가 어떻게 바꾸는지 봅시다. 테두리가 여전히 모양을 둘러싸야
# 합니다.
# %% shows="flip_with_boxes"
if __name__ == "__main__":

    def framed(image: Tensor, boxes: Tensor) -> list[str]:
        """Draw a picture of one channel in characters, each box as a frame of dots."""
        lines = [["#" if v else " " for v in row] for row in image[0]]
        for x1, y1, x2, y2 in boxes.tolist():
            for x in range(x1, x2):
                lines[y1][x] = lines[y2 - 1][x] = "."
            for y in range(y1, y2):
                lines[y][x1] = lines[y][x2 - 1] = "."
        return ["|" + "".join(line) + "|" for line in lines]

    shape = torch.zeros(1, 6, 18)
    shape[0, 1:5, 2] = shape[0, 4, 2:8] = 1
    around = torch.tensor([[1, 0, 9, 6]])
    try:
        for before, after in zip(framed(shape, around), framed(*flip_with_boxes(shape, around))):
            print(before, " -> ", after)
    except NotImplementedError:
        print("Write flip_with_boxes first, then run this cell again.")

# %% [markdown] lang="en"
# ## `resize_with_boxes(image, boxes, size)`
# Resize a picture to `size` = (h, w) by copying the nearest pixel, as `nn.functional.interpolate` does, and scale
# its boxes with it: x by w / W, y by h / H.
# %% [markdown] lang="ko"
# ## `resize_with_boxes(image, boxes, size)`
# `nn.functional.interpolate`처럼 가장 가까운 픽셀을 베껴 그림의 크기를 `size` = (h, w)로 바꾸고, 상자도 함께
# 늘이거나 줄입니다. x에는 w / W를, y에는 h / H를 곱하세요.


# %% exercise="resize_with_boxes"
def resize_with_boxes(image: Tensor, boxes: Tensor, size: tuple[int, int]) -> tuple[Tensor, Tensor]:
    """Resize image (C, H, W), floating or uint8, to (C, h, w) by nearest neighbour, and scale floating boxes (N, 4).

    size is (h, w); boxes are x1, y1, x2, y2. Both keep their dtypes.
    """
    ### BEGIN SOLUTION
    height, width = size
    across, down = width / image.shape[2], height / image.shape[1]
    factors = torch.tensor([across, down, across, down], dtype=boxes.dtype, device=boxes.device)
    return nn.functional.interpolate(image[None], size=size)[0], boxes * factors
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `to_display(image, mean, std)`
# What goes into a network was normalised, `(x - mean) / std` by channel. To look at it, undo that: multiply, add,
# bring the channels to the end, where plotting libraries want them, and clip to [0, 1], because rounding and
# augmentation leave values a little outside.
# %% [markdown] lang="ko"
# ## `to_display(image, mean, std)`
# 신경망에 들어가는 그림은 채널마다 `(x - mean) / std`로 정규화되어 있습니다. 눈으로 보려면 되돌려야 합니다. 곱하고,
# 더하고, 그림을 그리는 라이브러리가 바라는 대로 채널을 끝으로 옮기고, [0, 1] 밖으로 조금 나간 값은 잘라 내세요.
# 반올림과 증강이 그런 값을 남깁니다.


# %% exercise="to_display"
def to_display(image: Tensor, mean: Sequence[float] | Tensor, std: Sequence[float] | Tensor) -> np.ndarray:
    """Undo the normalisation of image (3, H, W) and return a floating numpy array (H, W, 3) clipped to [0, 1].

    mean and std are lists, tuples or tensors of three numbers.
    """
    ### BEGIN SOLUTION
    mean, std = (torch.as_tensor(numbers, dtype=image.dtype).reshape(3, 1, 1) for numbers in (mean, std))
    return (image * std + mean).clamp(0, 1).permute(1, 2, 0).numpy()
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `image_grid(images, nrow, padding)`
# Many small pictures on one sheet: what people look at before and during every training. Write
# `torchvision.utils.make_grid` with black gaps. `nrow` pictures stand beside each other (fewer, if there are
# fewer), rows follow until all are placed, and `padding` black pixels lie around and between them. Two of its
# habits belong to it: pictures of one channel become three equal channels, and a single picture comes back alone,
# without any padding. Not allowed: `make_grid`.
# %% [markdown] lang="ko"
# ## `image_grid(images, nrow, padding)`
# 작은 그림 여러 장을 한 판에 늘어놓습니다. 모든 학습의 전과 도중에 사람들이 들여다보는 것입니다. 틈이 검은
# `torchvision.utils.make_grid`를 써 보세요. 그림 `nrow`장이 옆으로 나란히 서고(그림이 더 적으면 그만큼만), 다 놓을
# 때까지 행이 이어지며, 둘레와 사이에는 검은 픽셀이 `padding`개씩 있습니다. 이 함수의 버릇 두 가지도 함께 옮기세요.
# 채널이 하나인 그림은 똑같은 세 채널이 되고, 그림이 한 장뿐이면 패딩 없이 그 그림만 나옵니다. `make_grid`는 쓸 수
# 없습니다.


# %% exercise="image_grid"
def image_grid(images: Tensor, nrow: int, padding: int) -> Tensor:
    """Return one picture (C, height, width) with all images (B, C, H, W), as `make_grid` with pad_value 0 does.

    B, nrow >= 1, padding >= 0. A grid of one-channel images has three channels; a single image comes back without
    padding. The dtype stays.
    """
    ### BEGIN SOLUTION
    if images.shape[1] == 1:
        images = images.expand(-1, 3, -1, -1)
    count, channels, height, width = images.shape
    if count == 1:
        return images[0]
    across = min(nrow, count)
    down, right = height + padding, width + padding
    grid = images.new_zeros(channels, math.ceil(count / across) * down + padding, across * right + padding)
    for number, image in enumerate(images):
        top, left = number // across * down + padding, number % across * right + padding
        grid[:, top : top + height, left : left + width] = image
    return grid
    ### END SOLUTION


# %% [markdown] lang="en"
# Here is what your `image_grid` makes of these eight digits.
# %% [markdown] lang="ko"
# 여러분의 `image_grid`가 이 숫자 여덟 개로 만든 판입니다.
# %% shows="image_grid"
if __name__ == "__main__":
    rows = {
        "0": "7557", "1": "2622", "2": "7127", "3": "7317", "4": "5571", "5": "7427", "6": "4757", "7": "7122"
    }  # fmt: skip
    digits = torch.tensor([[[int(row) >> bit & 1 for bit in (2, 1, 0)] for row in code] for code in rows.values()])
    try:
        sheet = image_grid(digits[:, None].float(), 4, 1)
        print("\n".join("".join("##" if pixel else " ." for pixel in line) for line in sheet[0]))
    except NotImplementedError:
        print("Write image_grid first, then run this cell again.")
