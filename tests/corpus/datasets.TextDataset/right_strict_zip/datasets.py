import torch


class TextDataset(torch.utils.data.Dataset):
    def __init__(self, text, labels) -> None:
        self.items = [dict(Text=t, Class=c) for t, c in zip(text, labels, strict=True)]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, i: int) -> dict:
        return dict(self.items[i])
