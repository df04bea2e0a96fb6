from itertools import count
from types import SimpleNamespace


class Package:
    def __init__(self, programs):
        self.programs = programs
        self.before, self.after = {}, {}
        self.numbers = count()

    def register(self, table, f):
        number = next(self.numbers)
        table[number] = f
        return SimpleNamespace(remove=lambda: table.pop(number, None))

    def add_pre_hook(self, f):
        return self.register(self.before, f)

    def add_hook(self, f):
        return self.register(self.after, f)

    def __call__(self, x):
        for run in self.programs:
            for f in tuple(self.before.values()):
                seen = f(x)
                x = x if seen is None else seen
            x = run(x)
            for f in tuple(self.after.values()):
                seen = f(x)
                x = x if seen is None else seen
        return x
