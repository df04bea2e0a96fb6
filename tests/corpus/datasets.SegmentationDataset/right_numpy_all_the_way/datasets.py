import pathlib

import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset


class SegmentationDataset(Dataset):
    def __init__(self, root):
        self.root = pathlib.Path(root)
        names = {part: {p.stem for p in (self.root / part).glob("*.png")} for part in ("images", "masks")}
        unmatched = names["images"] ^ names["masks"]
        if unmatched:
            raise ValueError(f"no partner: {sorted(unmatched)}")
        self.files = sorted(p.name for p in (self.root / "images").glob("*.png"))

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i):
        name = self.files[i]
        image = np.array(Image.open(self.root / "images" / name).convert("RGB"), dtype=np.float32) / np.float32(255)
        mask = np.array(Image.open(self.root / "masks" / name))
        ids = [v for v in np.unique(mask) if v > 0]
        masks = np.zeros((len(ids), *mask.shape), dtype=bool)
        boxes = np.zeros((len(ids), 4), dtype=np.float32)
        for k, v in enumerate(ids):
            masks[k] = mask == v
            where = np.argwhere(masks[k])
            boxes[k, [1, 0]] = where.min(axis=0)
            boxes[k, [3, 2]] = where.max(axis=0)
        return torch.from_numpy(image.transpose(2, 0, 1).copy()), {
            "boxes": torch.from_numpy(boxes),
            "labels": torch.from_numpy(np.ones(len(ids), dtype=np.int64)),
            "masks": torch.from_numpy(masks),
            "image_id": i,
        }
