import os

from PIL import Image
from torch.utils.data import Dataset


class ImageFolderDataset(Dataset):
    def __init__(self, root, transform=None):
        found = {}
        for name in sorted(os.listdir(root)):
            folder = os.path.join(root, name)
            if os.path.isdir(folder):
                files = sorted(f for f in os.listdir(folder) if f.endswith((".png", ".jpg", ".jpeg")))
                if files:
                    found[name] = [os.path.join(folder, f) for f in files]
        self.classes = list(found)
        self.class_to_idx = {name: i for i, name in enumerate(self.classes)}
        self.samples = [(path, self.class_to_idx[name]) for name, paths in found.items() for path in paths]
        self.imgs = self.samples
        self.targets = [target for _, target in self.samples]
        self.transform = transform

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, target = self.samples[index]
        image = Image.open(path).convert("RGB")
        if self.transform is not None:
            image = self.transform(image)
        return image, target
