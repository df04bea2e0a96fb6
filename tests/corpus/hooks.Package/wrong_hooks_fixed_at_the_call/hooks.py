class Handle:
    def __init__(self, hooks, key):
        self.hooks, self.key = hooks, key

    def remove(self):
        self.hooks.pop(self.key, None)


class Package:
    def __init__(self, programs):
        self.programs = programs
        self.pre_hooks, self.hooks, self.next = {}, {}, 0

    def _add(self, hooks, f):
        self.next += 1
        hooks[self.next] = f
        return Handle(hooks, self.next)

    def add_pre_hook(self, f):
        return self._add(self.pre_hooks, f)

    def add_hook(self, f):
        return self._add(self.hooks, f)

    def __call__(self, x):
        before, after = list(self.pre_hooks.values()), list(self.hooks.values())
        for program in self.programs:
            for f in before:
                new = f(x)
                x = x if new is None else new
            x = program(x)
            for f in after:
                new = f(x)
                x = x if new is None else new
        return x
