from dataclasses import dataclass
from typing import Any

from torch.utils.data import Dataset


@dataclass
class TextDataset(Dataset):
    text: list[str]
    labels: list[Any]

    def __post_init__(self):
        if not len(self.text) == len(self.labels):
            raise ValueError

    def __len__(self):
        return len(self.text)

    def __getitem__(self, index):
        return {"Text": self.text[index], "Class": self.labels[index]}
