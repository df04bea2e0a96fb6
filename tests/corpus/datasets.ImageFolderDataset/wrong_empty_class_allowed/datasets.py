from torchvision.datasets import ImageFolder


class ImageFolderDataset(ImageFolder):
    def __init__(self, root, transform=None):
        super().__init__(root, transform=transform, is_valid_file=lambda p: p.endswith(".png"), allow_empty=True)
