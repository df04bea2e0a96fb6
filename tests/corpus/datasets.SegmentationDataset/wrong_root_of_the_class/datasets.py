import csv
from pathlib import Path
import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset, IterableDataset, Subset, get_worker_info

class SegmentationDataset(Dataset):
    def __init__(self, root):
        SegmentationDataset.root = Path(root)
        self.images = sorted((self.root / "images").glob("*.png"))
        self.masks = sorted((self.root / "masks").glob("*.png"))
        if [p.stem for p in self.images] != [p.stem for p in self.masks]:
            raise ValueError("images and masks do not match")
    def __len__(self): return len(self.images)
    def __getitem__(self, i):
        with Image.open(Path(SegmentationDataset.root) / "images" / self.images[i].name) as im:
            img = torch.from_numpy(np.array(im.convert("RGB"))).permute(2, 0, 1).float() / 255
        with Image.open(self.masks[i]) as im:
            m = torch.from_numpy(np.array(im).astype(np.int64))
        ids = [k for k in m.unique().tolist() if k]
        masks = torch.stack([m == k for k in ids]) if ids else torch.zeros((0, *m.shape), dtype=torch.bool)
        boxes = torch.zeros(len(ids), 4)
        for j, one in enumerate(masks):
            y, x = torch.where(one)
            boxes[j] = torch.tensor([x.min(), y.min(), x.max(), y.max()], dtype=torch.float32)
        return img, {"boxes": boxes, "labels": torch.ones(len(ids), dtype=torch.int64), "masks": masks, "image_id": i}
