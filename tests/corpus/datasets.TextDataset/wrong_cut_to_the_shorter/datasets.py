from torch.utils.data import Dataset


class TextDataset(Dataset):
    def __init__(self, text, labels):
        self.items = list(zip(text, labels))

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        text, label = self.items[idx]
        return {"Text": text, "Class": label}
