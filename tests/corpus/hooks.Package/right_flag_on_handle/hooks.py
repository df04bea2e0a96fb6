class Handle:
    def __init__(self, f):
        self.f = f
        self.alive = True

    def remove(self):
        self.alive = False

    def __call__(self, value):
        if not self.alive:
            return value
        result = self.f(value)
        return value if result is None else result


class Package:
    def __init__(self, programs):
        self.programs = tuple(programs)
        self.before, self.after = [], []

    def add_pre_hook(self, f):
        self.before.append(Handle(f))
        return self.before[-1]

    def add_hook(self, f):
        self.after.append(Handle(f))
        return self.after[-1]

    def __call__(self, x):
        for run in self.programs:
            for h in self.before:
                x = h(x)
            x = run(x)
            for h in self.after:
                x = h(x)
        return x
