class H:
    def __init__(self, l, k): self.l, self.k = l, k
    def remove(self): self.l.pop(self.k, None)
class Package:
    def __init__(self, programs): self.programs = list(programs); self.a = {}; self.b = {}
    def _add(self, l, f): k = len(l); l[k] = f; return H(l, k)
    def add_pre_hook(self, f): return self._add(self.a, f)
    def add_hook(self, f): return self._add(self.b, f)
    def _go(self, l, x):
        for k, f in list(l.items()):
            if k not in l: continue
            y = f(x)
            if y is not None: x = y
        return x
    def __call__(self, x):
        for p in self.programs: x = self._go(self.b, p(self._go(self.a, x)))
        return x
