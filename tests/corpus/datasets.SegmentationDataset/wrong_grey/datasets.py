from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torchvision.ops import masks_to_boxes


class SegmentationDataset(torch.utils.data.Dataset):
    def __init__(self, root):
        self.images = sorted(Path(root, "images").glob("*.png"))
        self.masks = sorted(Path(root, "masks").glob("*.png"))
        if [p.stem for p in self.images] != [p.stem for p in self.masks]:
            raise ValueError("images and masks do not match")

    def __len__(self):
        return len(self.images)

    def __getitem__(self, i):
        image = torch.from_numpy(np.atleast_3d(np.array(Image.open(self.images[i])))).permute(2, 0, 1) / 255
        ids = torch.from_numpy(np.array(Image.open(self.masks[i])))
        masks = ids == ids[ids > 0].unique()[:, None, None]
        target = {
            "boxes": masks_to_boxes(masks),
            "labels": torch.ones(len(masks), dtype=torch.int64),
            "masks": masks,
            "image_id": i,
        }
        return image, target
