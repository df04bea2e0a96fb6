import os

from torchvision.datasets import DatasetFolder
from torchvision.datasets.folder import pil_loader


class ImageFolderDataset(DatasetFolder):
    def __init__(self, root, transform=None):
        super().__init__(root, loader=pil_loader, extensions=(".png",), transform=transform)

    def find_classes(self, directory):
        full = [
            entry.name
            for entry in os.scandir(directory)
            if entry.is_dir() and any(name.endswith(".png") for name in os.listdir(entry.path))
        ]
        full.sort()
        return full, {name: number for number, name in enumerate(full)}
