from torch.utils.data import Dataset


class LengthMismatch(ValueError):
    """Texts and labels do not match."""


class TextDataset(Dataset):
    KEYS = ("Text", "Class")

    def __init__(self, text, labels):
        texts, classes = list(text), list(labels)
        if len(texts) > len(classes) or len(classes) > len(texts):
            raise LengthMismatch()
        self.pairs = tuple(zip(texts, classes))

    def __len__(self):
        return self.pairs.__len__()

    def __getitem__(self, position):
        return dict(zip(self.KEYS, self.pairs[position]))
