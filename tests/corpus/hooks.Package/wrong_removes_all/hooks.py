class Handle:
    def __init__(self, hooks):
        self.hooks = hooks

    def remove(self):
        self.hooks.clear()


class Package:
    def __init__(self, programs):
        self.programs = programs
        self.pre_hooks, self.hooks = [], []

    def add_pre_hook(self, f):
        self.pre_hooks.append(f)
        return Handle(self.pre_hooks)

    def add_hook(self, f):
        self.hooks.append(f)
        return Handle(self.hooks)

    def __call__(self, x):
        for program in self.programs:
            for f in list(self.pre_hooks):
                new = f(x)
                x = x if new is None else new
            x = program(x)
            for f in list(self.hooks):
                new = f(x)
                x = x if new is None else new
        return x
