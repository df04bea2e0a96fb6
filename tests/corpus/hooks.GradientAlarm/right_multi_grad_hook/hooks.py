from torch.autograd.graph import register_multi_grad_hook


class GradientAlarm:
    def __init__(self, model, threshold):
        pairs = sorted((n, p) for n, p in model.named_parameters() if p.requires_grad)
        self.names = [n for n, _ in pairs]
        self.parameters = [p for _, p in pairs]
        self.threshold = threshold
        self.fired = []
        self.handle = None

    def look(self, gradients):
        self.fired = [
            name
            for name, grad in zip(self.names, gradients)
            if grad is not None and grad.pow(2).sum().sqrt() > self.threshold
        ]

    def __enter__(self):
        if self.parameters:
            self.handle = register_multi_grad_hook(self.parameters, self.look)
        return self

    def __exit__(self, *_):
        if self.handle is not None:
            self.handle.remove()
            self.handle = None
