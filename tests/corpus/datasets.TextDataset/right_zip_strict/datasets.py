class TextDataset:
    def __init__(self, text, labels):
        self.items = [{"Text": t, "Class": c} for t, c in zip(text, labels, strict=True)]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]
