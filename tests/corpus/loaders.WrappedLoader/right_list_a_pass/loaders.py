import torch


class WrappedLoader(object):
    def __init__(self, loader, func):
        self.call = lambda batch: func(*batch)
        self.source = loader

    def __iter__(self):
        return iter([self.call(batch) for batch in self.source])

    def __len__(self):
        return sum(1 for _ in self.source) if not hasattr(self.source, "__len__") else len(self.source)
