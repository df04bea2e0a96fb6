from torchvision.datasets import ImageFolder


class ImageFolderDataset(ImageFolder):
    def __init__(self, root, transform=None):
        super().__init__(root, transform, allow_empty=True, is_valid_file=lambda path: path.endswith(".png"))
