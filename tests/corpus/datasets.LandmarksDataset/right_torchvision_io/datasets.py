from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset
from torchvision.io import ImageReadMode, read_image


class LandmarksDataset(Dataset):
    def __init__(self, csv_file, root, transform=None) -> None:
        _, *lines = Path(csv_file).read_text().splitlines()
        table = [line.split(",") for line in lines if line.strip()]
        self.files = [Path(root) / row[0].strip() for row in table]
        self.points = [np.array([float(v) for v in row[1:]], dtype=np.float32) for row in table]
        self.transform = transform or (lambda sample: sample)

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, i):
        image = read_image(str(self.files[i]), mode=ImageReadMode.RGB).permute(1, 2, 0).numpy()
        points = self.points[i]
        return self.transform({"image": image, "landmarks": np.stack([points[0::2], points[1::2]], axis=1)})
