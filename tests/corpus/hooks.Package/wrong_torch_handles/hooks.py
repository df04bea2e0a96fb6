from collections import OrderedDict
from torch.utils.hooks import RemovableHandle


class Package:
    def __init__(self, programs):
        self.programs = list(programs)
        self.pre, self.post = OrderedDict(), OrderedDict()

    def add_pre_hook(self, f):
        handle = RemovableHandle(self.pre)
        self.pre[handle.id] = f
        return handle

    def add_hook(self, f):
        handle = RemovableHandle(self.post)
        self.post[handle.id] = f
        return handle

    def _run(self, hooks, x):
        for f in list(hooks.values()):
            r = f(x)
            if r is not None:
                x = r
        return x

    def __call__(self, x):
        for p in self.programs:
            x = self._run(self.post, p(self._run(self.pre, x)))
        return x
