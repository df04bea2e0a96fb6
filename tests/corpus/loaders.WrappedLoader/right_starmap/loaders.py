from itertools import starmap


class WrappedLoader:
    def __init__(self, loader, func):
        self.loader, self.func = loader, func

    def __iter__(self):
        return starmap(self.func, self.loader)

    def __len__(self):
        return self.loader.__len__()
