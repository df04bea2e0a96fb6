class GradientAlarm:
    def __init__(self, model, threshold):
        self.model, self.threshold, self.fired = model, threshold, []

    def __enter__(self):
        self.handles = []
        for name, p in self.model.named_parameters():
            if p.requires_grad:
                self.handles.append(p.register_hook(lambda g, name=name: self._see(name, g)))
        return self

    def _see(self, name, g):
        if g.norm() > self.threshold:
            self.fired = sorted(set(self.fired) | {name})

    def __exit__(self, *a):
        for h in self.handles:
            h.remove()
