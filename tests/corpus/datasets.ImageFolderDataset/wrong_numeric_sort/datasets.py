from pathlib import Path

from PIL import Image


class ImageFolderDataset:
    def __init__(self, root, transform=None):
        self.transform, self.items = transform, []
        folders = sorted(d for d in Path(root).iterdir() if d.is_dir() and any(d.glob("*.png")))
        for label, folder in enumerate(folders):
            self.items += [(p, label) for p in sorted(folder.glob("*.png"), key=lambda p: (len(p.name), p.name))]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        image = Image.open(self.items[i][0]).convert("RGB")
        return self.transform(image) if self.transform else image, self.items[i][1]
