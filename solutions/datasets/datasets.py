# %% [markdown] lang="en"
# # Datasets: from files to samples
#
# A map-style dataset answers two questions: how many samples are there (`__len__`), and what is sample i
# (`__getitem__`)? Everything else, batches, shuffling, several processes, is the business of the `DataLoader`. In
# this assignment the samples come from CSV files, arrays and folders of images; at the end stand a split and a
# stream.
#
# Three habits help everywhere here. Keep what `__getitem__` needs as attributes (`self.root`): the arguments of
# `__init__` are gone by then. Sort file names: the order in which a directory lists them is arbitrary. And check what
# does not fit together at the start, not in the middle of a training.
#
# Only numpy, PIL and the standard library (`csv`, `pathlib`) are there to read files: there is no pandas.
# %% [markdown] lang="ko"
# # 데이터셋: 파일에서 샘플로
#
# 맵 스타일 데이터셋은 두 가지 질문에 답합니다. 샘플이 몇 개인가(`__len__`), 그리고 i번 샘플은
# 무엇인가(`__getitem__`)? 나머지, 즉 배치, 셔플, 여러 프로세스는 `DataLoader`의 일입니다. 이 과제에서 샘플은 CSV
# 파일, 배열, 이미지 폴더에서 나오고, 마지막에는 분할과 스트림이 있습니다.
#
# 어디서나 도움이 되는 습관이 세 가지 있습니다. `__getitem__`에 필요한 것은 속성(`self.root`)으로 남겨 두세요. 그때가
# 되면 `__init__`의 인자는 이미 사라지고 없습니다. 파일 이름은 정렬하세요. 디렉터리가 파일을 나열하는 순서는
# 제멋대로입니다. 그리고 서로 맞지 않는 것은 학습 도중이 아니라 처음에 확인하세요.
#
# 파일을 읽는 데는 numpy, PIL, 표준 라이브러리(`csv`, `pathlib`)만 쓸 수 있습니다. pandas는 없습니다.
# %%
import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.utils.data import Dataset, IterableDataset, Subset, get_worker_info

# %% [markdown] lang="en"
# ## `CsvDataset(path, target, transform=None)`
# The file has a header and numeric columns. Item i is `(features, target)`: a float32 tensor `(n,)` with the columns
# in the order of the file, without the column named `target`, and that column's number as a 0-d float32 tensor. With
# a `transform`, the features are what it gives for them. Negative indices and 0-d tensors work as index; an index
# past the end raises IndexError, so that a for loop over the dataset ends. `feature_names` lists the names of the
# feature columns. A target that is no column raises a KeyError that names it.
# %% [markdown] lang="ko"
# ## `CsvDataset(path, target, transform=None)`
# 파일에는 헤더와 숫자 열이 있습니다. i번 항목은 `(features, target)`입니다. features는 `target`이라는 열을 뺀 나머지
# 열을 파일의 순서대로 담은 float32 텐서 `(n,)`이고, target은 그 열의 수를 담은 0차원 float32 텐서입니다.
# `transform`이 있으면 features는 그것을 거친 결과입니다. 음수 인덱스와 0차원 텐서도 인덱스로 쓸 수 있고, 끝을 넘는
# 인덱스는 IndexError를 일으켜 데이터셋을 도는 for 문이 끝나게 합니다. `feature_names`는 특성 열의 이름을 나열합니다.
# 열에 없는 target은 그 이름을 알리는 KeyError를 일으킵니다.


# %% exercise="CsvDataset"
class CsvDataset(Dataset[tuple[Any, Tensor]]):
    """Rows of a CSV file as (features float32 (n,), target float32 0-d); feature_names names the features.

    Features are all columns but the target's, in the order of the file; with a transform, what it gives for them.
    Negative indices and 0-d tensors work, and an index past the end raises IndexError. A target that is no column
    raises a KeyError that names it.
    """

    def __init__(self, path: str, target: str, transform: Callable[[Tensor], Any] | None = None) -> None:
        ### BEGIN SOLUTION
        with open(path, newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        if target not in header:
            raise KeyError(f"there is no column {target!r}; the columns are {', '.join(header)}")
        column = header.index(target)
        self.feature_names = header[:column] + header[column + 1 :]
        table = torch.tensor([[float(cell) for cell in row] for row in rows])
        self.targets = table[:, column].clone()
        self.features = torch.cat([table[:, :column], table[:, column + 1 :]], dim=1)
        self.transform = transform
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.targets)
        ### END SOLUTION

    def __getitem__(self, index: int | Tensor) -> tuple[Any, Tensor]:
        ### BEGIN SOLUTION
        features = self.features[int(index)]
        return features if self.transform is None else self.transform(features), self.targets[int(index)]
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `ArrayDataset(X, y, names)`
# Measurements and classes, as in the Iris data: `X` is a numpy array `(N, n)`, `y` an array `(N,)` of labels, none
# negative, `names` lists the n columns. Item i is a float32 row and its int64 label. `feature_names` is the list of
# names, and `class_counts()` returns a dict from each label that is present to its count.
# %% [markdown] lang="ko"
# ## `ArrayDataset(X, y, names)`
# 붓꽃 데이터처럼 측정값과 클래스로 이루어집니다. `X`는 numpy 배열 `(N, n)`, `y`는 음수가 없는 레이블의 배열 `(N,)`,
# `names`는 n개 열의 이름입니다. i번 항목은 float32 행과 int64 레이블입니다. `feature_names`는 이름의 리스트이고,
# `class_counts()`는 실제로 있는 레이블마다 그 개수를 담은 딕셔너리를 돌려줍니다.


# %% exercise="ArrayDataset"
class ArrayDataset(Dataset[tuple[Tensor, Tensor]]):
    """Rows of an array X (N, n) as (float32 (n,), int64 label), with feature_names, the list of names.

    y (N,) holds labels, none of them negative.
    """

    def __init__(self, X: np.ndarray, y: np.ndarray, names: Sequence[str]) -> None:
        ### BEGIN SOLUTION
        self.X = torch.tensor(X, dtype=torch.float32)
        self.y = torch.tensor(y, dtype=torch.int64)
        self.feature_names = list(names)
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.y)
        ### END SOLUTION

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        ### BEGIN SOLUTION
        return self.X[index], self.y[index]
        ### END SOLUTION

    def class_counts(self) -> dict[int, int]:
        """Return how many samples each label has, for the labels that are present."""
        ### BEGIN SOLUTION
        return dict(Counter(self.y.tolist()))
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `LandmarksDataset(csv_file, root, transform=None)`
# Points that somebody marked in photographs of faces. Under a header, each row of the CSV file holds the name of a
# file in the folder `root` and then x, y, x, y, ... Item i is the dict
# `{"image": uint8 array (H, W, 3), "landmarks": float array (K, 2)}` of numpy arrays, in the order of the rows; a
# grey image becomes RGB. With a `transform`, the item is what it gives for that dict.
# %% [markdown] lang="ko"
# ## `LandmarksDataset(csv_file, root, transform=None)`
# 누군가 얼굴 사진에 표시해 둔 점들입니다. CSV 파일의 헤더 아래 각 행에는 `root` 폴더에 있는 파일의 이름이 있고,
# 이어서 x, y, x, y, ...가 있습니다. i번 항목은 numpy 배열의 딕셔너리 `{"image": uint8 배열 (H, W, 3), "landmarks":
# 실수 배열 (K, 2)}`이며 행의 순서를 따릅니다. 흑백 이미지는 RGB가 됩니다. `transform`이 있으면 항목은 그 딕셔너리를
# 거친 결과입니다.


# %% exercise="LandmarksDataset"
class LandmarksDataset(Dataset[Any]):
    """Images below root with the points of the CSV file: {"image": uint8 (H, W, 3), "landmarks": float (K, 2)}.

    Both are numpy arrays. A row below the header holds a file's name, then x, y, x, y, ...; a grey image becomes RGB.
    With a transform, the item is what it gives for that dict.
    """

    def __init__(self, csv_file: str, root: str, transform: Callable[[dict[str, Any]], Any] | None = None) -> None:
        ### BEGIN SOLUTION
        with open(csv_file, newline="", encoding="utf-8") as file:
            _, *self.rows = csv.reader(file)
        self.root = Path(root)
        self.transform = transform
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.rows)
        ### END SOLUTION

    def __getitem__(self, index: int) -> Any:
        ### BEGIN SOLUTION
        name, *numbers = self.rows[index]
        with Image.open(self.root / name) as image:
            pixels = np.array(image.convert("RGB"))
        sample = {"image": pixels, "landmarks": np.array(numbers, dtype=np.float64).reshape(-1, 2)}
        return sample if self.transform is None else self.transform(sample)
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `TextDataset(text, labels)`
# Two lists of the same length; item i is `{"Text": text[i], "Class": labels[i]}`. Lists of different length raise
# ValueError when the dataset is made.
# %% [markdown] lang="ko"
# ## `TextDataset(text, labels)`
# 길이가 같은 두 리스트이며, i번 항목은 `{"Text": text[i], "Class": labels[i]}`입니다. 길이가 다르면 데이터셋을 만들
# 때 ValueError를 일으킵니다.


# %% exercise="TextDataset"
class TextDataset(Dataset[dict[str, Any]]):
    """Texts with their labels, as {"Text", "Class"}; lists of different length raise ValueError at once."""

    def __init__(self, text: Sequence[str], labels: Sequence[Any]) -> None:
        ### BEGIN SOLUTION
        if len(text) != len(labels):
            raise ValueError(f"{len(text)} texts and {len(labels)} labels")
        self.text = text
        self.labels = labels
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.text)
        ### END SOLUTION

    def __getitem__(self, index: int) -> dict[str, Any]:
        ### BEGIN SOLUTION
        return {"Text": self.text[index], "Class": self.labels[index]}
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `ImageFolderDataset(root, transform=None)`
# One folder for each class: `root/<class>/<file>.png`. Items come class by class, in the sorted order of the class
# names and then of the file names, as `(image, class index)`, where the image is a PIL image in RGB, or what
# `transform` gives for it. Files that are no `.png`, and files that lie in `root` itself, are ignored. A class folder
# without a PNG is skipped: it gets no index, unlike in torchvision's `ImageFolder`.
# %% [markdown] lang="ko"
# ## `ImageFolderDataset(root, transform=None)`
# 클래스마다 폴더가 하나씩 있습니다: `root/<class>/<file>.png`. 항목은 `(image, class index)`이며, 클래스 이름의 정렬
# 순서로, 그 안에서는 파일 이름의 정렬 순서로 나옵니다. image는 RGB 모드의 PIL 이미지이거나, `transform`이 있으면
# 그것을 거친 결과입니다. `.png`가 아닌 파일과 `root`에 바로 있는 파일은 무시합니다. PNG가 하나도 없는 클래스 폴더는
# 건너뜁니다. torchvision의 `ImageFolder`와 달리 인덱스를 받지 않습니다.


# %% exercise="ImageFolderDataset"
class ImageFolderDataset(Dataset[tuple[Any, int]]):
    """PNG images below root/<class>/ as (RGB image, index of the class), transform applied to the image.

    Items come by sorted class names and then file names. Other files, and files in root itself, are ignored; a class
    without a PNG gets no index.
    """

    def __init__(self, root: str, transform: Callable[[Image.Image], Any] | None = None) -> None:
        ### BEGIN SOLUTION
        paths = sorted(Path(root).glob("*/*.png"), key=lambda path: (path.parent.name, path.name))
        self.classes = sorted({path.parent.name for path in paths})
        self.samples = [(path, self.classes.index(path.parent.name)) for path in paths]
        self.transform = transform
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.samples)
        ### END SOLUTION

    def __getitem__(self, index: int) -> tuple[Any, int]:
        ### BEGIN SOLUTION
        path, label = self.samples[index]
        with Image.open(path) as image:
            converted = image.convert("RGB")
        return converted if self.transform is None else self.transform(converted), label
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `SegmentationDataset(root)`
# `root/images/*.png` and `root/masks/*.png`, paired in the sorted order of their names; other files are ignored. If
# their counts or their stems (`a` of `a.png`) do not match, making the dataset raises ValueError. A mask is a grey
# image in which 0 is background and every other number that occurs is one object. Item i is `(image, target)`: the
# image as a float tensor `(3, H, W)` in [0, 1], in three channels even if the file is grey; the target a dict with
# one entry for each object: `"boxes"` as `torchvision.ops.masks_to_boxes` gives them (float32 `(N, 4)`), `"labels"`
# of int64 ones `(N,)`, `"masks"` bool or uint8 `(N, H, W)`; and `"image_id"`, another one for every item. There may
# be no object at all.
# %% [markdown] lang="ko"
# ## `SegmentationDataset(root)`
# `root/images/*.png`와 `root/masks/*.png`를 이름의 정렬 순서로 짝지으며, 다른 파일은 무시합니다. 개수나 파일 이름의
# 줄기 (`a.png`의 `a`)가 맞지 않으면 데이터셋을 만들 때 ValueError를 일으킵니다. 마스크는 흑백 이미지이며, 0은
# 배경이고 나타나는 다른 수마다 물체가 하나씩 있습니다. i번 항목은 `(image, target)`입니다. image는 [0, 1] 범위의 실수
# 텐서 `(3, H, W)`이고, 파일이 흑백이어도 채널은 셋입니다. target은 물체마다 하나씩 값을 담은 딕셔너리입니다.
# `"boxes"`는 `torchvision.ops.masks_to_boxes`가 주는 것과 같고(float32 `(N, 4)`), `"labels"`는 int64의 1 `(N,)`,
# `"masks"`는 bool 또는 uint8 `(N, H, W)`이며, `"image_id"`는 항목마다 서로 다른 값입니다. 물체가 하나도 없을 수도
# 있습니다.


# %% exercise="SegmentationDataset"
class SegmentationDataset(Dataset[tuple[Tensor, dict[str, Any]]]):
    """Pairs of images and masks of object ids as (image float (3, H, W), {"boxes", "labels", "masks", "image_id"}).

    root/images/*.png and root/masks/*.png are paired by sorted names; unequal counts or stems raise ValueError at once.
    The image is in [0, 1]. For the N objects (ids other than 0, perhaps none): boxes float32 (N, 4) as
    `torchvision.ops.masks_to_boxes` gives them, labels int64 ones (N,), masks bool or uint8 (N, H, W). image_id is
    another one for every item.
    """

    def __init__(self, root: str) -> None:
        ### BEGIN SOLUTION
        self.images = sorted(Path(root, "images").glob("*.png"))
        self.masks = sorted(Path(root, "masks").glob("*.png"))
        if [path.stem for path in self.images] != [path.stem for path in self.masks]:
            raise ValueError(f"{len(self.images)} images and {len(self.masks)} masks do not have the same stems")
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.images)
        ### END SOLUTION

    def __getitem__(self, index: int) -> tuple[Tensor, dict[str, Any]]:
        ### BEGIN SOLUTION
        with Image.open(self.images[index]) as file:
            image = torch.from_numpy(np.array(file.convert("RGB"))).permute(2, 0, 1) / 255
        with Image.open(self.masks[index]) as file:
            ids = torch.from_numpy(np.array(file))
        masks = ids == ids[ids > 0].unique()[:, None, None]
        boxes = torch.zeros(len(masks), 4)
        for box, mask in zip(boxes, masks):
            ys, xs = mask.nonzero(as_tuple=True)
            box[:] = torch.stack([xs.min(), ys.min(), xs.max(), ys.max()])
        labels = torch.ones(len(masks), dtype=torch.int64)
        return image, {"boxes": boxes, "labels": labels, "masks": masks, "image_id": index}
        ### END SOLUTION


# %% [markdown] lang="en"
# ## `holdout_split(dataset, holdout, seed)`
# Put exactly `holdout` samples aside for testing, chosen at random: return `(train, test)`, two `Subset`s that share
# no sample and together hold all of them. The same seed gives the same split, another seed another one, and the
# global random generators stay as they were.
# %% [markdown] lang="ko"
# ## `holdout_split(dataset, holdout, seed)`
# 테스트를 위해 정확히 `holdout`개의 샘플을 무작위로 골라 따로 둡니다. `(train, test)`, 즉 겹치는 샘플이 없고 합치면
# 전체가 되는 두 `Subset`을 돌려주세요. 같은 시드는 같은 분할을, 다른 시드는 다른 분할을 주며, 전역 난수 생성기는 원래
# 상태 그대로 남아야 합니다.


# %% exercise="holdout_split"
def holdout_split(dataset: Dataset[Any], holdout: int, seed: int) -> tuple[Subset[Any], Subset[Any]]:
    """Split a dataset at random by the seed into (train, test) with holdout samples (0 up to all) in test.

    The two share no sample and hold all together. The same seed gives the same split, another one another, and the
    global random generators stay as they were.
    """
    ### BEGIN SOLUTION
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    return Subset(dataset, order[holdout:]), Subset(dataset, order[:holdout])
    ### END SOLUTION


# %% [markdown] lang="en"
# ## `ShardedStream(items)`
# An `IterableDataset` over a list. A `DataLoader` with several workers gives each of them a copy of the whole
# dataset, so that a careless stream yields every item as often as there are workers. Let each worker yield its share
# (`torch.utils.data.get_worker_info()`), so that with 0, 1, 2 or 3 workers each item comes exactly once, in every
# epoch.
# %% [markdown] lang="ko"
# ## `ShardedStream(items)`
# 리스트를 도는 `IterableDataset`입니다. 워커가 여럿인 `DataLoader`는 워커마다 데이터셋 전체의 사본을 주므로, 부주의한
# 스트림은 모든 항목을 워커 수만큼 되풀이해서 내놓습니다. 각 워커가 자기 몫만 내놓게 하세요
# (`torch.utils.data.get_worker_info()`). 워커가 0, 1, 2, 3개일 때 모두, 에폭마다 각 항목이 정확히 한 번씩 나와야
# 합니다.


# %% exercise="ShardedStream"
class ShardedStream(IterableDataset[Any]):
    """Yields each of the items once in every epoch, however many workers a DataLoader has."""

    def __init__(self, items: Sequence[Any]) -> None:
        ### BEGIN SOLUTION
        self.items = list(items)
        ### END SOLUTION

    def __iter__(self) -> Iterator[Any]:
        ### BEGIN SOLUTION
        worker = get_worker_info()
        if worker is None:
            return iter(self.items)
        return iter(self.items[worker.id :: worker.num_workers])
        ### END SOLUTION
