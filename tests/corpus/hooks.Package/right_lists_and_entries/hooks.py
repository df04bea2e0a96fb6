class _Handle:
    def __init__(self, entries, entry):
        self.entries, self.entry = entries, entry

    def remove(self):
        if self.entry in self.entries:
            self.entries.remove(self.entry)


class Package:
    def __init__(self, programs):
        self.programs = programs
        self.pre = []
        self.post = []

    def _add(self, entries, f):
        entry = (len(entries), object(), f)
        entries.append(entry)
        return _Handle(entries, entry)

    def add_pre_hook(self, f):
        return self._add(self.pre, f)

    def add_hook(self, f):
        return self._add(self.post, f)

    def __call__(self, x):
        for program in self.programs:
            for _, _, f in tuple(self.pre):
                r = f(x)
                if r is not None:
                    x = r
            x = program(x)
            for _, _, f in tuple(self.post):
                r = f(x)
                if r is not None:
                    x = r
        return x
