from pathlib import Path

from PIL import Image


class ImageFolderDataset:
    def __init__(self, root, transform=None):
        self.transform = transform
        self.paths = sorted(Path(root).rglob("*.png"), key=lambda p: (p.parent.name, p.name))
        self.names = sorted({p.parent.name for p in self.paths})

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, i):
        image = Image.open(self.paths[i]).convert("RGB")
        return self.transform(image) if self.transform else image, self.names.index(self.paths[i].parent.name)
