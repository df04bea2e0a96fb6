from torch.utils.data import Dataset


class TextDataset(Dataset):
    def __init__(self, text, labels):
        if len(text) != len(labels):
            raise ValueError(f"{len(text)} texts and {len(labels)} labels")
        self.text = text
        self.labels = labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, idx):
        return {"Text": self.text[idx], "Class": self.labels[idx]}
