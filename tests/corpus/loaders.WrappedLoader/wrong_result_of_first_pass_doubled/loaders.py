import torch


class WrappedLoader:
    def __init__(self, loader, func):
        self.loader = loader
        self.func = func
        self.results = []

    def __len__(self):
        return len(self.loader)

    def __iter__(self):
        for batch in self.loader:
            self.results.append(self.func(*batch))
        yield from self.results
