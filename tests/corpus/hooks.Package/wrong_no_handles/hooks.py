class Package:
    def __init__(self, programs):
        self.programs = list(programs)
        self.pre, self.post = [], []

    def add_pre_hook(self, f):
        self.pre.append(f)

    def add_hook(self, f):
        self.post.append(f)

    def _run(self, hooks, x):
        for f in list(hooks):
            r = f(x)
            if r is not None:
                x = r
        return x

    def __call__(self, x):
        for p in self.programs:
            x = self._run(self.post, p(self._run(self.pre, x)))
        return x
