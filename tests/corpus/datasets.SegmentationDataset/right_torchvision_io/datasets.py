from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset
from torchvision.io import ImageReadMode, read_image


class SegmentationDataset(Dataset):
    def __init__(self, root) -> None:
        images = sorted(Path(root, "images").glob("*.png"))
        masks = sorted(Path(root, "masks").glob("*.png"))
        if [p.stem for p in images] != [p.stem for p in masks]:
            raise ValueError(f"{len(images)} images and {len(masks)} masks do not go together")
        self.pairs = list(zip(images, masks))

    def __len__(self) -> int:
        return len(self.pairs)

    def __getitem__(self, idx):
        image_path, mask_path = self.pairs[idx]
        image = read_image(str(image_path), ImageReadMode.RGB).to(torch.float32).div(255)
        ids = np.array(Image.open(mask_path)).astype(np.int32)
        masks, boxes = [], []
        for number in np.unique(ids):
            if number == 0:
                continue
            rows, columns = np.nonzero(ids == number)
            masks.append(torch.from_numpy((ids == number).astype(np.uint8)))
            boxes.append([columns.min(), rows.min(), columns.max(), rows.max()])
        target = {
            "boxes": torch.tensor(np.array(boxes), dtype=torch.float32).reshape(-1, 4),
            "labels": torch.ones((len(masks),), dtype=torch.int64),
            "masks": torch.stack(masks) if masks else torch.zeros((0, *ids.shape), dtype=torch.uint8),
            "image_id": torch.tensor(idx),
        }
        return image, target
