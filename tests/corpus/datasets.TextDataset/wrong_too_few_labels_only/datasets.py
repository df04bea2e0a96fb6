from torch.utils.data import Dataset


class TextDataset(Dataset):
    def __init__(self, text, labels):
        if len(labels) < len(text):
            raise ValueError("a label is missing")
        self.text, self.labels = text, labels

    def __len__(self):
        return len(self.text)

    def __getitem__(self, idx):
        return {"Text": self.text[idx], "Class": self.labels[idx]}
