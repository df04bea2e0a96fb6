import torch
from torch.autograd import Variable


class GradientAlarm:
    def __init__(self, model, threshold):
        self.model, self.threshold = model, threshold
        self.fired, self._current, self._handles = [], None, []

    def _finish(self):
        self.fired, self._current = sorted(self._current), None

    def _hook(self, name):
        def hook(grad):
            if self._current is None:
                self._current = []
                Variable._execution_engine.queue_callback(self._finish)
            if grad.pow(2).sum().sqrt() > self.threshold:
                self._current.append(name)

        return hook

    def _begin(self, module, grad_output):
        self.fired = []

    def __enter__(self):
        self._handles.append(self.model.register_full_backward_pre_hook(self._begin))
        for name, p in self.model.named_parameters():
            if p.requires_grad:
                self._handles.append(p.register_hook(self._hook(name)))
        return self

    def __exit__(self, *_):
        for h in self._handles:
            h.remove()
        self._handles.clear()
