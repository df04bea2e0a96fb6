from pathlib import Path

import torch


class CsvDataset(torch.utils.data.Dataset):
    def __init__(self, path, target: str, transform=None) -> None:
        lines = Path(path).read_text().strip().splitlines()
        names = [name.strip() for name in lines[0].split(",")]
        try:
            self.column = names.index(target)
        except ValueError:
            raise KeyError(f"no column {target!r} in {names}") from None
        self.feature_names = [name for name in names if name != target]
        self.rows = [list(map(float, line.split(","))) for line in lines[1:]]
        self.transform = transform or (lambda features: features)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index):
        i = int(index)
        if i < -len(self) or i >= len(self):
            raise IndexError(f"{i} of {len(self)} rows")
        row = list(self.rows[i])
        y = row.pop(self.column)
        return self.transform(torch.tensor(row, dtype=torch.float32)), torch.tensor(y, dtype=torch.float32)
