class GradientAlarm:
    def __init__(self, model, threshold):
        self.model, self.threshold = model, threshold
        self.fired, self.handles = [], []

    def note(self, name, grad):
        if grad.norm() > self.threshold and name not in self.fired:
            self.fired = sorted([*self.fired, name])

    def __enter__(self):
        for name, p in self.model.named_parameters():
            if p.requires_grad:
                self.handles.append(p.register_hook(lambda g, name=name: self.note(name, g)))
        return self

    def __exit__(self, *error):
        for handle in self.handles:
            handle.remove()
        self.handles = []
