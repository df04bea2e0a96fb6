import os

import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset
from torchvision.ops import masks_to_boxes


def pngs(folder):
    return sorted(name for name in os.listdir(folder) if name.endswith(".png"))


class SegmentationDataset(Dataset):
    def __init__(self, root):
        self.root = root
        self.images = pngs(os.path.join(root, "images"))
        self.masks = pngs(os.path.join(root, "masks"))
        if self.images != self.masks:
            raise ValueError("images and masks do not match")

    def __len__(self):
        return len(self.images)

    def __getitem__(self, idx):
        picture = Image.open(os.path.join(self.root, "images", self.images[idx])).convert("RGB")
        image = torch.from_numpy(np.array(picture)).float() / 255
        mask = np.array(Image.open(os.path.join(self.root, "masks", self.masks[idx])))
        mask = torch.from_numpy(mask.astype(np.int64))
        ids = mask.unique()
        ids = ids[ids != 0]
        masks = mask == ids[:, None, None]
        boxes = masks_to_boxes(masks) if len(ids) else torch.zeros(0, 4)
        labels = torch.ones(len(ids), dtype=torch.int64)
        return image, {"boxes": boxes, "labels": labels, "masks": masks, "image_id": idx}
