class TextDataset:
    def __init__(self, text, labels):
        self.pairs = list(zip(text, labels))

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, i):
        return {"Text": self.pairs[i][0], "Class": self.pairs[i][1]}
