class H:
    def __init__(self, l, k): self.l, self.k = l, k
    def remove(self): self.l.pop(self.k, None)
class Package:
    def __init__(self, programs): self.programs = list(programs); self.a = {}; self.b = {}; self.n = 0
    def _add(self, l, f): self.n += 1; l[self.n] = f; return H(l, self.n)
    def add_pre_hook(self, f): return self._add(self.a, f)
    def add_hook(self, f): return self._add(self.b, f)
    def _go(self, l, x):
        for f in list(l.values()):
            y = f(x)
            if y is not None: x = y
        return x
    def __call__(self, x):
        for p in self.programs:
            x = self._go(self.a, x)
            y = p(x)
            x = self._go(self.b, x if y is None else y)
        return x
