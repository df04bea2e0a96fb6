class Handle:
    def __init__(self, hooks, key):
        self.hooks, self.key = hooks, key

    def remove(self):
        self.hooks.pop(self.key, None)


class Package:
    def __init__(self, programs):
        self.programs = list(programs)
        self.pre, self.post, self.n = {}, {}, 0

    def add_pre_hook(self, f):
        self.n += 1
        self.pre[self.n] = f
        return Handle(self.pre, self.n)

    def add_hook(self, f):
        self.n += 1
        self.post[self.n] = f
        return Handle(self.post, self.n)

    def _run(self, hooks, x):
        for f in hooks.values():
            r = f(x)
            if r is not None:
                x = r
        return x

    def __call__(self, x):
        for p in self.programs:
            x = self._run(self.post, p(self._run(self.pre, x)))
        return x
