import glob
import os.path

import numpy as np
import torch
from PIL import Image
from torchvision.transforms.functional import to_tensor


def _stems(paths):
    return [os.path.splitext(os.path.basename(p))[0] for p in paths]


def _box(mask):
    ys = mask.any(dim=1).nonzero().flatten()
    xs = mask.any(dim=0).nonzero().flatten()
    return torch.stack([xs[0], ys[0], xs[-1], ys[-1]]).float()


class SegmentationDataset(torch.utils.data.Dataset):
    def __init__(self, root):
        self.files = {kind: sorted(glob.glob(f"{root}/{kind}/*.png")) for kind in ("images", "masks")}
        if len(self.files["images"]) != len(self.files["masks"]):
            raise ValueError("as many masks as images are needed")
        for image, mask in zip(_stems(self.files["images"]), _stems(self.files["masks"])):
            if image != mask:
                raise ValueError(f"{image} has no mask, the next is {mask}")

    def __len__(self):
        return len(self.files["images"])

    def __getitem__(self, index):
        with Image.open(self.files["images"][index]) as picture:
            image = to_tensor(picture.convert("RGB"))
        with Image.open(self.files["masks"][index]) as picture:
            plane = torch.as_tensor(np.array(picture).astype("int64"))
        masks = [plane == number for number in sorted(set(plane.flatten().tolist()) - {0})]
        boxes = [_box(mask) for mask in masks]
        return image, {
            "image_id": index,
            "labels": torch.ones(len(masks)).long(),
            "masks": torch.stack(masks) if masks else plane.new_zeros((0, *plane.shape), dtype=torch.bool),
            "boxes": torch.stack(boxes) if boxes else torch.empty(0, 4),
        }
