class TextDataset:
    def __init__(self, text, labels):
        if len(text) != len(labels):
            raise ValueError
        self.text, self.labels = text, labels

    def __len__(self):
        return len(self.text)

    def __getitem__(self, i):
        return {"text": self.text[i], "label": self.labels[i]}
