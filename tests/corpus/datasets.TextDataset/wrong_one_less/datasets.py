from torch.utils.data import Dataset


class TextDataset(Dataset):
    def __init__(self, text, labels):
        if len(text) != len(labels):
            raise ValueError("lengths differ")
        self.text, self.labels = text, labels

    def __len__(self):
        return max(len(self.labels) - 1, 0)

    def __getitem__(self, idx):
        return {"Text": self.text[idx], "Class": self.labels[idx]}
