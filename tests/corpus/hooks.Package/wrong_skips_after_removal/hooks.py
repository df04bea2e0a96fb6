class Handle:
    def __init__(self, hooks, f):
        self.hooks, self.f = hooks, f

    def remove(self):
        if self in self.hooks:
            self.hooks.remove(self)


class Package:
    def __init__(self, programs):
        self.programs = programs
        self.pre_hooks, self.hooks = [], []

    def _add(self, hooks, f):
        handle = Handle(hooks, f)
        hooks.append(handle)
        return handle

    def add_pre_hook(self, f):
        return self._add(self.pre_hooks, f)

    def add_hook(self, f):
        return self._add(self.hooks, f)

    def __call__(self, x):
        for program in self.programs:
            for handle in self.pre_hooks:
                new = handle.f(x)
                x = x if new is None else new
            x = program(x)
            for handle in self.hooks:
                new = handle.f(x)
                x = x if new is None else new
        return x
