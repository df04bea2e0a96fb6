class TextDataset:
    def __init__(self, text, labels):
        if len(text) != len(labels):
            raise ValueError
        self.text, self.labels = text, labels

    def __getitem__(self, i):
        return {"Text": self.text[i], "Class": self.labels[i]}
