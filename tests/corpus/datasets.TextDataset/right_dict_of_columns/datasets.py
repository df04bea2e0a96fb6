from torch.utils.data import Dataset


class TextDataset(Dataset):
    def __init__(self, text, labels):
        self.columns = {"Class": labels, "Text": text}
        lengths = {len(column) for column in self.columns.values()}
        if len(lengths) != 1:
            raise ValueError("text and labels differ in length")
        (self.length,) = lengths

    def __len__(self):
        return self.length

    def __getitem__(self, i):
        return {key: column[i] for key, column in self.columns.items()}
