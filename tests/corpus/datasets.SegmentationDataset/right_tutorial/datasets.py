import os

import numpy as np
import torch
from PIL import Image
from torchvision.ops import masks_to_boxes


class SegmentationDataset(torch.utils.data.Dataset):
    def __init__(self, root):
        self.root = root
        self.imgs = sorted(f for f in os.listdir(os.path.join(root, "images")) if f.endswith(".png"))
        self.masks = sorted(f for f in os.listdir(os.path.join(root, "masks")) if f.endswith(".png"))
        if len(self.imgs) != len(self.masks):
            raise ValueError("number of images and masks differ")
        for a, b in zip(self.imgs, self.masks):
            if os.path.splitext(a)[0] != os.path.splitext(b)[0]:
                raise ValueError(f"{a} and {b} do not match")

    def __getitem__(self, idx):
        img = Image.open(os.path.join(self.root, "images", self.imgs[idx])).convert("RGB")
        mask = np.array(Image.open(os.path.join(self.root, "masks", self.masks[idx])))
        obj_ids = np.unique(mask)
        obj_ids = obj_ids[obj_ids != 0]
        masks = torch.from_numpy(mask == obj_ids[:, None, None])
        img = torch.from_numpy(np.array(img)).permute(2, 0, 1).float().div(255)
        return img, {
            "boxes": masks_to_boxes(masks),
            "labels": torch.ones((len(obj_ids),), dtype=torch.int64),
            "masks": masks.to(torch.uint8),
            "image_id": torch.tensor([idx]),
        }

    def __len__(self):
        return len(self.imgs)
