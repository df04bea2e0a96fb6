from collections import OrderedDict
from itertools import count


class RemovableHandle:
    ids = count()

    def __init__(self, hooks):
        self.hooks = hooks
        self.id = next(self.ids)

    def remove(self):
        if self.id in self.hooks:
            del self.hooks[self.id]


class Package:
    def __init__(self, programs):
        self._programs = list(programs)
        self._pre_hooks = OrderedDict()
        self._hooks = OrderedDict()

    def add_pre_hook(self, f):
        handle = RemovableHandle(self._pre_hooks)
        self._pre_hooks[handle.id] = f
        return handle

    def add_hook(self, f):
        handle = RemovableHandle(self._hooks)
        self._hooks[handle.id] = f
        return handle

    def __call__(self, x):
        for program in self._programs:
            for hook in list(self._pre_hooks.values()):
                result = hook(x)
                x = x if result is None else result
            x = program(x)
            for hook in list(self._hooks.values()):
                result = hook(x)
                x = x if result is None else result
        return x
