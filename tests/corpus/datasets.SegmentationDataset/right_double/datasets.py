from pathlib import Path

import numpy as np
import torch
from PIL import Image


class SegmentationDataset(torch.utils.data.Dataset):
    def __init__(self, root):
        root = Path(root)
        images = {p.stem: p for p in (root / "images").iterdir() if p.suffix == ".png"}
        masks = {p.stem: p for p in (root / "masks").iterdir() if p.suffix == ".png"}
        if images.keys() != masks.keys():
            raise ValueError(sorted(images.keys() ^ masks.keys()))
        self.files = [(images[s], masks[s]) for s in sorted(images)]

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        picture, mask = (Image.open(p) for p in self.files[index])
        image = torch.tensor(np.array(picture.convert("RGB")) / 255).movedim(-1, 0)
        ids = torch.tensor(np.array(mask)).long()
        stack = torch.nn.functional.one_hot(ids, 256).movedim(-1, 0)[1:].bool()
        stack = stack[stack.flatten(1).any(1)]
        boxes = torch.zeros((len(stack), 4))
        for i, m in enumerate(stack):
            x, y = m.any(0).nonzero(), m.any(1).nonzero()
            boxes[i] = torch.tensor([x[0], y[0], x[-1], y[-1]])
        labels = torch.ones(len(stack), dtype=torch.long)
        return image, {"boxes": boxes, "labels": labels, "masks": stack, "image_id": torch.tensor(index)}
