class GradientAlarm:
    def __init__(self, model, threshold):
        self.model, self.threshold, self.norms = model, threshold, {}

    @property
    def fired(self):
        return sorted(n for n, v in self.norms.items() if v > self.threshold)

    def __enter__(self):
        self.handles = []
        for n, p in self.model.named_parameters():
            if p.requires_grad:
                self.handles.append(p.register_hook(lambda g, n=n: self.norms.update({n: g.norm().item()})))
        return self

    def __exit__(self, *a):
        for h in self.handles:
            h.remove()
