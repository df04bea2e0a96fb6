class GradientAlarm:
    def __init__(self, model, threshold):
        self.model, self.threshold = model, threshold
        self.norms, self.handles = {}, []

    @property
    def fired(self):
        return sorted(name for name, norm in self.norms.items() if norm > self.threshold)

    def __enter__(self):
        for name, p in self.model.named_parameters():
            if p.requires_grad:
                self.handles.append(
                    p.register_hook(lambda g, name=name: self.norms.update({name: g.norm().item()}))
                )
        return self

    def __exit__(self, *error):
        for handle in self.handles:
            handle.remove()
        self.handles = []
