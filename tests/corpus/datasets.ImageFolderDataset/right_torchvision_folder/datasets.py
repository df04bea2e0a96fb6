from pathlib import Path

from torchvision.datasets import ImageFolder


def _is_png(path):
    return path.endswith(".png")


class ImageFolderDataset(ImageFolder):
    def __init__(self, root, transform=None):
        super().__init__(str(root), transform=transform, is_valid_file=_is_png)

    def find_classes(self, directory):
        classes = sorted(p.name for p in Path(directory).iterdir() if p.is_dir() and list(p.glob("*.png")))
        return classes, {name: i for i, name in enumerate(classes)}
