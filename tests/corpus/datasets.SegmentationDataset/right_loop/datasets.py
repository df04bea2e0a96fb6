import glob
import os

import numpy as np
import torch
from PIL import Image


def stem(path):
    return os.path.basename(path)[: -len(".png")]


class SegmentationDataset:
    def __init__(self, root):
        self.pairs = []
        images, masks = (sorted(glob.glob(f"{root}/{part}/*.png")) for part in ("images", "masks"))
        if list(map(stem, images)) != list(map(stem, masks)):
            raise ValueError("no pairs")
        self.pairs = list(zip(images, masks))

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, index):
        image_file, mask_file = self.pairs[index]
        image = np.asarray(Image.open(image_file).convert("RGB"), dtype=np.float32) / 255.0
        ids = np.asarray(Image.open(mask_file))
        masks, boxes = [], []
        for number in sorted(set(ids.flatten().tolist()) - {0}, reverse=True):
            mask = ids == number
            rows, columns = np.where(mask)
            boxes.append([columns.min(), rows.min(), columns.max(), rows.max()])
            masks.append(mask)
        return torch.tensor(image.transpose(2, 0, 1)), {
            "image_id": stem(image_file),
            "boxes": torch.tensor(np.array(boxes), dtype=torch.float32).reshape(-1, 4),
            "labels": torch.ones(len(boxes)).long(),
            "masks": torch.tensor(np.array(masks).reshape(-1, *ids.shape), dtype=torch.bool),
        }
