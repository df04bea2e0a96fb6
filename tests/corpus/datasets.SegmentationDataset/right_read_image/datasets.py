from pathlib import Path

import torch
from torchvision import tv_tensors
from torchvision.io import ImageReadMode, read_image
from torchvision.ops.boxes import masks_to_boxes
from torchvision.transforms.v2 import functional as F


class SegmentationDataset(torch.utils.data.Dataset):
    def __init__(self, root):
        self.images = sorted(Path(root, "images").glob("*.png"))
        self.masks = sorted(Path(root, "masks").glob("*.png"))
        if [p.name for p in self.images] != [p.name for p in self.masks]:
            raise ValueError("images and masks do not match")

    def __len__(self):
        return len(self.images)

    def __getitem__(self, i):
        image = read_image(str(self.images[i]), ImageReadMode.RGB)
        mask = read_image(str(self.masks[i]), ImageReadMode.UNCHANGED)
        ids = torch.unique(mask)
        ids = ids[ids > 0]
        masks = (mask == ids[:, None, None]).to(dtype=torch.uint8)
        boxes = masks_to_boxes(masks)
        target = {
            "boxes": tv_tensors.BoundingBoxes(boxes, format="XYXY", canvas_size=F.get_size(image)),
            "masks": tv_tensors.Mask(masks),
            "labels": torch.ones(len(ids), dtype=torch.int64),
            "image_id": i,
            "area": (boxes[:, 3] - boxes[:, 1]) * (boxes[:, 2] - boxes[:, 0]),
        }
        return F.to_dtype(tv_tensors.Image(image), torch.float32, scale=True), target
