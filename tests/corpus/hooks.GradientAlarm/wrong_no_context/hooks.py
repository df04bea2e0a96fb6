class GradientAlarm:
    def __init__(self, model, threshold):
        self.model, self.threshold, self.fired = model, threshold, []
        model.register_full_backward_pre_hook(lambda m, g: self.fired.clear())
        for name, p in model.named_parameters():
            if p.requires_grad:
                p.register_hook(lambda g, name=name: self._see(name, g))

    def _see(self, name, g):
        if g.norm() > self.threshold:
            self.fired.append(name)
            self.fired.sort()
