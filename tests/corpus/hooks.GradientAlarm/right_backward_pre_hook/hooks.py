class GradientAlarm:
    def __init__(self, model, threshold):
        self.model = model
        self.threshold = threshold
        self.fired = []

    def __enter__(self):
        self.handles = [self.model.register_full_backward_pre_hook(lambda m, g: self.fired.clear())]
        for name, p in self.model.named_parameters():
            if p.requires_grad:
                self.handles.append(p.register_hook(self._make(name)))
        return self

    def _make(self, name):
        def hook(grad):
            if grad.norm().item() > self.threshold:
                self.fired.append(name)
                self.fired.sort()
        return hook

    def __exit__(self, kind, value, trace):
        for h in self.handles:
            h.remove()
        return False
