import glob
import os

import torch.utils.data
from torchvision.datasets.folder import default_loader


class ImageFolderDataset(torch.utils.data.Dataset):
    def __init__(self, root, transform=None):
        paths = glob.glob(os.path.join(root, "*", "*.png"))
        pairs = sorted((os.path.basename(os.path.dirname(p)), os.path.basename(p), p) for p in paths)
        self.classes = sorted({name for name, _, _ in pairs})
        self.class_to_idx = {}
        for name in self.classes:
            self.class_to_idx[name] = len(self.class_to_idx)
        self.samples = [(p, self.class_to_idx[name]) for name, _, p in pairs]
        self.targets = [t for _, t in self.samples]
        self.imgs = list(self.samples)
        self.transform = transform or (lambda image: image)

    def __getitem__(self, i):
        return self.transform(default_loader(self.samples[i][0])), self.samples[i][1]

    def __len__(self):
        return len(self.samples)
