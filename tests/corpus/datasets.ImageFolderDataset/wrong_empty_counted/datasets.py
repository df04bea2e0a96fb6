from pathlib import Path

from PIL import Image


class ImageFolderDataset:
    def __init__(self, root, transform=None):
        self.transform, self.items = transform, []
        for label, folder in enumerate(sorted(d for d in Path(root).iterdir() if d.is_dir())):
            self.items += [(p, label) for p in sorted(folder.glob("*.png"))]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        image = Image.open(self.items[i][0]).convert("RGB")
        return self.transform(image) if self.transform else image, self.items[i][1]
