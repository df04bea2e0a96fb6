from pathlib import Path

from PIL import Image


class ImageFolderDataset:
    def __init__(self, root, transform=None):
        self.items = []
        folders = sorted(d for d in Path(root).iterdir() if d.is_dir() and any(d.glob("*.png")))
        for label, folder in enumerate(folders):
            self.items += [(p, label) for p in sorted(folder.glob("*.png"))]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return Image.open(self.items[i][0]).convert("RGB"), self.items[i][1]
