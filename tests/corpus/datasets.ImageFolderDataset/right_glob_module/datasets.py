import glob
import os

from PIL import Image


class ImageFolderDataset:
    def __init__(self, root, transform=None):
        files = glob.glob(os.path.join(glob.escape(root), "*", "*.png"))
        self.files = sorted(files, key=lambda f: f.split(os.sep))
        names = sorted({os.path.basename(os.path.dirname(f)) for f in files})
        self.index = dict(zip(names, range(len(names))))
        self.transform = transform if transform else lambda image: image

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i):
        name = os.path.basename(os.path.dirname(self.files[i]))
        return self.transform(Image.open(self.files[i]).convert(mode="RGB")), self.index[name]
