class GradientAlarm:
    def __init__(self, model, threshold):
        self.model, self.threshold, self.fired = model, threshold, []

    def __enter__(self):
        self.handles = [self.model.register_full_backward_pre_hook(lambda m, g: self.fired.clear())]
        for name, p in self.model.named_parameters():
            if p.requires_grad:
                self.handles.append(p.register_hook(lambda g, name=name: self._see(name, g)))
        return self

    def _see(self, name, g):
        if g.norm() >= self.threshold:
            self.fired.append(name)
            self.fired.sort()

    def __exit__(self, *a):
        for h in self.handles:
            h.remove()
