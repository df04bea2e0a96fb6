class _Handle:
    def __init__(self, entries, entry):
        self.entries, self.entry = entries, entry

    def remove(self):
        if self.entry in self.entries:
            self.entries.remove(self.entry)


class Package:
    def __init__(self, programs):
        self.programs = programs
        self.pre = []
        self.post = []

    def _add(self, entries, f):
        entry = (len(entries), object(), f)
        entries.append(entry)
        return _Handle(entries, entry)

    def add_pre_hook(self, f):
        return self._add(self.pre, f)

    def add_hook(self, f):
        return self._add(self.post, f)

    def __call__(self, x):
        for program in self.programs:
            for _, _, f in tuple(self.pre):
                r = f(x)
                if r is not None:
                    x = r
            x = program(x)
            for _, _, f in tuple(self.post):
                r = f(x)
                if r is not None:
                    x = r
        return x


def capture_activations(model, names, x):
    out = {}
    handles = [
        m.register_forward_hook(lambda mod, i, o, n=n: out.update({n: o.detach().clone()}))
        for n, m in model.named_modules()
    ]
    try:
        model(x)
    finally:
        for h in handles:
            h.remove()
    return {n: out[n] for n in names}


import torch


def capture_gradients(model, x):
    out = {}
    handles = []
    for name, m in model.named_modules():
        if next(m.children(), None) is None:
            handles.append(m.register_full_backward_hook(lambda mod, gi, go, name=name: out.update({name: go[0]})))
    try:
        x = x.detach().clone().requires_grad_(True)
        torch.autograd.grad(model(x).sum(), x)
    finally:
        for h in handles:
            h.remove()
    return out


from types import SimpleNamespace


def record_call(module):
    calls = []
    pre = module.register_forward_pre_hook(lambda _, inputs: calls.extend(inputs))
    post = module.register_forward_hook(lambda _, inputs, output: calls.append(output))
    return calls, SimpleNamespace(remove=lambda: (pre.remove(), post.remove()))


import torch


def add_five(module: torch.nn.Module, args: tuple, output: torch.Tensor) -> torch.Tensor:
    return output.add(5)


import torch


def shares(gradients):
    whole = torch.stack([g.view(-1)[0] for g in gradients if g is not None] or [torch.ones(())]).sum()
    for g in gradients:
        yield g if g is None else g.div(whole)


def unit_gradients(module, grad_input, grad_output):
    return (*shares(grad_input),)


def record_weight_gradient(parameter):
    gradients = []

    def hook(grad):
        gradients.append(grad.clone())
        return grad.clamp(-1, 1)

    return gradients, parameter.register_hook(hook)


from functools import partial

import torch


def _scaled(factor, module, args, kwargs):
    first, *rest = args
    return (torch.mul(first, factor), *rest), kwargs


def scale_input(module, factor):
    return module.register_forward_pre_hook(partial(_scaled, factor), with_kwargs=True)


def clip_gradients(model, limit):
    handles = []
    for p in model.parameters():
        if p.requires_grad:
            handles = [p.register_hook(lambda g: g.clamp(-limit, limit))]
    return handles


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
