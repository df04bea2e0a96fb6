import bisect

import torch


class GradientAlarm:
    def __init__(self, model: torch.nn.Module, threshold: float) -> None:
        self.named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
        self.threshold = threshold
        self.fired: list[str] = []
        self._task = None
        self._handles: list = []

    def _seen(self, name: str, grad: torch.Tensor) -> None:
        task = torch._C._current_graph_task_id()
        if task != self._task:
            self._task, self.fired = task, []
        if torch.linalg.vector_norm(grad).item() > self.threshold and name not in self.fired:
            bisect.insort(self.fired, name)

    def __enter__(self) -> "GradientAlarm":
        for name, p in self.named:
            self._handles.append(p.register_hook(lambda grad, name=name: self._seen(name, grad)))
        return self

    def __exit__(self, kind, error, trace) -> None:
        while self._handles:
            self._handles.pop().remove()
