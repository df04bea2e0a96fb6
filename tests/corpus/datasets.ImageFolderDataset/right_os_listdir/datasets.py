import os

from PIL import Image


class ImageFolderDataset:
    def __init__(self, root, transform=None):
        self.root, self.transform, self.samples, self.classes = root, transform, [], []
        for name in sorted(os.listdir(root)):
            folder = os.path.join(root, name)
            if not os.path.isdir(folder):
                continue
            files = [f for f in sorted(os.listdir(folder)) if f.endswith(".png")]
            if files:
                self.samples.extend((os.path.join(folder, f), len(self.classes)) for f in files)
                self.classes.append(name)
        self.class_to_idx = {c: i for i, c in enumerate(self.classes)}

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, target = self.samples[index]
        with open(path, "rb") as f:
            image = Image.open(f).convert("RGB")
        return (self.transform(image) if self.transform else image), target
