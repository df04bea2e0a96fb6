import os

from PIL import Image


class ImageFolderDataset:
    def __init__(self, root, transform=None):
        self.transform, self.items = transform, []
        for label, name in enumerate(sorted(os.listdir(root))):
            for file in sorted(os.listdir(f"{root}/{name}")):
                self.items.append((f"{root}/{name}/{file}", label))

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        image = Image.open(self.items[i][0]).convert("RGB")
        return self.transform(image) if self.transform else image, self.items[i][1]
