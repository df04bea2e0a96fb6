import torch
from torch.autograd import Variable


class GradientAlarm:
    def __init__(self, model, threshold):
        self.model, self.threshold = model, threshold
        self.fired, self.pending, self.handles = [], None, []

    def __enter__(self):
        for name, p in self.model.named_parameters():
            if p.requires_grad:
                self.handles.append(p.register_hook(self.watch(name)))
        return self

    def watch(self, name):
        def hook(grad):
            if self.pending is None:
                self.pending = set()
                Variable._execution_engine.queue_callback(self.publish)
            if grad.norm() > self.threshold:
                self.pending.add(name)

        return hook

    def publish(self):
        self.fired, self.pending = sorted(self.pending), None

    def __exit__(self, *error):
        for handle in self.handles:
            handle.remove()
        self.handles = []
