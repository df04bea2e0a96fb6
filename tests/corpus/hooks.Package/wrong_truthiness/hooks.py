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

    def __call__(self, x):
        for p in self.programs:
            for f in list(self.pre.values()):
                x = f(x) or x
            x = p(x)
            for f in list(self.post.values()):
                x = f(x) or x
        return x
