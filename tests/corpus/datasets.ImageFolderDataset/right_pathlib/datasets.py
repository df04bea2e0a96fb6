from pathlib import Path

from PIL import Image
from torch.utils.data import Dataset


class ImageFolderDataset(Dataset):
    def __init__(self, root, transform=None):
        self.transform = transform
        self.items = []
        classes = sorted(d for d in Path(root).iterdir() if d.is_dir() and list(d.glob("*.png")))
        for label, folder in enumerate(classes):
            for path in sorted(folder.glob("*.png")):
                self.items.append((path, label))

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        path, label = self.items[i]
        image = Image.open(path).convert("RGB")
        if self.transform is not None:
            image = self.transform(image)
        return image, label
