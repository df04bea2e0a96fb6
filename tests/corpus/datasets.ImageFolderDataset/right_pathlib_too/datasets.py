from pathlib import Path

from PIL import Image
from torch.utils.data import Dataset


def load(path: Path) -> Image.Image:
    with path.open("rb") as file, Image.open(file) as image:
        return image.convert("RGB")


class ImageFolderDataset(Dataset):
    def __init__(self, root, transform=None) -> None:
        self.root = Path(root)
        self.transform = transform
        folders = [p for p in self.root.iterdir() if p.is_dir() and any(p.glob("*.png"))]
        self.classes = sorted(p.name for p in folders)
        self.class_to_idx = dict(zip(self.classes, range(len(self.classes))))
        self.samples = []
        for name, number in self.class_to_idx.items():
            self.samples += [(str(path), number) for path in sorted((self.root / name).glob("*.png"))]
        self.imgs, self.targets = self.samples, [number for _, number in self.samples]

    def __len__(self) -> int:
        return len(self.samples)

    def __getitem__(self, index: int):
        path, target = self.samples[index]
        image = load(Path(path))
        return (self.transform(image) if self.transform else image), target
