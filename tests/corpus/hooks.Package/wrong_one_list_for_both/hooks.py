class Handle:
    def __init__(self, hooks, key):
        self.hooks, self.key = hooks, key

    def remove(self):
        self.hooks.pop(self.key, None)


class Package:
    def __init__(self, programs):
        self.programs = programs
        self.hooks = {}

    def add_hook(self, f):
        handle = Handle(self.hooks, object())
        self.hooks[handle.key] = f
        return handle

    add_pre_hook = add_hook

    def __call__(self, x):
        for program in self.programs:
            x = program(x)
            for f in list(self.hooks.values()):
                new = f(x)
                x = x if new is None else new
        return x
