import contextlib


class GradientAlarm:
    def __init__(self, model, threshold):
        self.model, self.threshold, self.fired = model, threshold, []
        self._context = self._watch()

    @contextlib.contextmanager
    def _watch(self):
        handles = [self.model.register_full_backward_pre_hook(lambda m, g: self.fired.clear())]
        for name, p in self.model.named_parameters():
            if p.requires_grad:
                handles.append(p.register_hook(lambda g, name=name: self._see(name, g)))
        yield self
        for h in handles:
            h.remove()

    def _see(self, name, g):
        if g.norm() > self.threshold:
            self.fired.append(name)
            self.fired.sort()

    def __enter__(self):
        return self._context.__enter__()

    def __exit__(self, *a):
        return self._context.__exit__(*a)
