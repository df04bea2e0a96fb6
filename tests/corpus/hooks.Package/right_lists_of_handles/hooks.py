class Handle:
    def __init__(self, hooks, function):
        self.hooks = hooks
        self.function = function

    def remove(self):
        self.hooks[:] = [handle for handle in self.hooks if handle is not self]


class Package:
    def __init__(self, programs):
        self.programs = list(programs)
        self.pre_hooks = []
        self.hooks = []

    def _add(self, hooks, function):
        handle = Handle(hooks, function)
        hooks.append(handle)
        return handle

    def add_pre_hook(self, f):
        return self._add(self.pre_hooks, f)

    def add_hook(self, f):
        return self._add(self.hooks, f)

    @staticmethod
    def _through(hooks, value):
        for handle in list(hooks):
            result = handle.function(value)
            if result is not None:
                value = result
        return value

    def __call__(self, x):
        for program in self.programs:
            x = self._through(self.pre_hooks, x)
            x = program(x)
            x = self._through(self.hooks, x)
        return x
