class Handle:
    def __init__(self, hooks, key):
        self.hooks, self.key = hooks, key

    def remove(self):
        self.hooks.pop(self.key, None)


class Package:
    pre_hooks = {}
    hooks = {}

    def __init__(self, programs):
        self.programs = programs

    def add_pre_hook(self, f):
        handle = Handle(self.pre_hooks, object())
        self.pre_hooks[handle.key] = f
        return handle

    def add_hook(self, f):
        handle = Handle(self.hooks, object())
        self.hooks[handle.key] = f
        return handle

    def __call__(self, x):
        for program in self.programs:
            for f in list(self.pre_hooks.values()):
                new = f(x)
                x = x if new is None else new
            x = program(x)
            for f in list(self.hooks.values()):
                new = f(x)
                x = x if new is None else new
        return x
