import os

import numpy as np
import torch
from PIL import Image
from torchvision.ops import masks_to_boxes


class SegmentationDataset:
    def __init__(self, root):
        self.names = sorted(os.listdir(root + "/images"))
        if self.names != sorted(os.listdir(root + "/masks")):
            raise ValueError

    def __len__(self):
        return len(self.names)

    def __getitem__(self, i):
        image = np.array(Image.open(root + "/images/" + self.names[i]).convert("RGB"))
        mask = torch.from_numpy(np.array(Image.open(root + "/masks/" + self.names[i])))
        ids = mask.unique()
        masks = mask == ids[ids > 0][:, None, None]
        target = {"boxes": masks_to_boxes(masks), "labels": torch.ones(len(masks)).long(), "masks": masks, "image_id": i}
        return torch.from_numpy(image).permute(2, 0, 1) / 255, target
