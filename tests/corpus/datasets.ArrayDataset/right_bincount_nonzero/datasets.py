import torch


class ArrayDataset(torch.utils.data.Dataset):
    def __init__(self, X, y, names):
        self.rows = [torch.FloatTensor(row.astype("float32")) for row in X]
        self.labels = torch.LongTensor(y.astype("int64"))
        self.feature_names = names[:]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        return self.rows[i], self.labels[i]

    def class_counts(self):
        counts = torch.bincount(self.labels)
        return {label: n for label, n in enumerate(counts.tolist()) if n > 0}
