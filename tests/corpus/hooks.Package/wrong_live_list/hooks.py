class Package:
    def __init__(self, programs):
        self.programs = list(programs)
        self.pre, self.post = [], []

    def _add(self, hooks, f):
        hooks.append(f)

        class Handle:
            def remove(self):
                if f in hooks:
                    hooks.remove(f)

        return Handle()

    def add_pre_hook(self, f):
        return self._add(self.pre, f)

    def add_hook(self, f):
        return self._add(self.post, f)

    def _run(self, hooks, x):
        for f in hooks:
            r = f(x)
            if r is not None:
                x = r
        return x

    def __call__(self, x):
        for p in self.programs:
            x = self._run(self.post, p(self._run(self.pre, x)))
        return x
