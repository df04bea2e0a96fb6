class LengthError(ValueError):
    pass


class TextDataset:
    def __init__(self, text, labels):
        self.n = len(text)
        if self.n - len(labels):
            raise LengthError(f"{self.n} against {len(labels)}")
        self.pairs = list(zip(labels, text))

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        label, text = self.pairs[i]
        return dict(Class=label, Text=text)
