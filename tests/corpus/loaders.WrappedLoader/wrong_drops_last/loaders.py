import torch


class WrappedLoader:
    def __init__(self, loader, func):
        self.loader = loader
        self.func = func

    def __len__(self):
        return len(self.loader)

    def __iter__(self):
        batches = list(self.loader)
        for batch in batches[:-1]:
            yield self.func(*batch)
