import csv
from pathlib import Path
import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset, IterableDataset, Subset, get_worker_info

class ImageFolderDataset(Dataset):
    def __init__(self, root, transform=None):
        root = Path(root)
        self.transform = transform
        found = {d.name: sorted(d.glob("*png*")) for d in sorted(root.iterdir()) if d.is_dir()}
        found = {k: v for k, v in found.items() if v}
        self.classes = list(found)
        self.class_to_idx = {c: i for i, c in enumerate(self.classes)}
        self.samples = [(p, self.class_to_idx[c]) for c, ps in found.items() for p in ps]
    def __len__(self): return len(self.samples)
    def __getitem__(self, i):
        p, k = self.samples[i]
        with Image.open(p) as im: img = im.convert("RGB")
        if self.transform is not None: img = self.transform(img)
        return img, k
