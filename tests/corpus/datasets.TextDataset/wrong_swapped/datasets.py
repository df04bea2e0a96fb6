class TextDataset:
    def __init__(self, text, labels):
        if len(text) != len(labels):
            raise ValueError
        self.text, self.labels = labels, text

    def __len__(self):
        return len(self.text)

    def __getitem__(self, i):
        return {"Text": self.text[i], "Class": self.labels[i]}
