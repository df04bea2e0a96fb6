import torch


class ArrayDataset(torch.utils.data.Dataset):
    def __init__(self, X, y, names):
        self.feature_names = names
        self.samples = []
        for row, label in zip(X, y):
            features = torch.tensor([float(v) for v in row], dtype=torch.float32)
            self.samples.append((features, torch.tensor(int(label), dtype=torch.long)))

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, i):
        return self.samples[i]

    def class_counts(self):
        counts = {}
        for _, label in self.samples:
            counts[label.item()] = counts.get(label.item(), 0) + 1
        return counts
