class Handle:
    def __init__(self, hooks, entry):
        self.hooks, self.entry = hooks, entry

    def remove(self):
        if self.entry in self.hooks:
            self.hooks.remove(self.entry)


class Package:
    def __init__(self, programs):
        self.programs = list(programs)
        self.pre, self.post = [], []

    def add_pre_hook(self, f):
        entry = [f, object()]
        self.pre.append(entry)
        return Handle(self.pre, entry)

    def add_hook(self, f):
        entry = [f, object()]
        self.post.append(entry)
        return Handle(self.post, entry)

    def __call__(self, x):
        pre, post = list(self.pre), list(self.post)
        for p in self.programs:
            for f, _ in pre:
                r = f(x)
                x = x if r is None else r
            x = p(x)
            for f, _ in post:
                r = f(x)
                x = x if r is None else r
        return x
