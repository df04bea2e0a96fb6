from torch.utils.data import Dataset


class TextDataset(Dataset):
    def __init__(self, text, labels):
        assert len(text) == len(labels), "lengths differ"
        self.text, self.labels = text, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, idx):
        return {"Text": self.text[idx], "Class": self.labels[idx]}
