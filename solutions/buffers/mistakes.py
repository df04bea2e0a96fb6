"""Typical wrong answers to the assignment buffers, each with what to say to the student."""

import torch
from torch import nn

from grader.authoring import mistake


@mistake("buffers.Duck")
class PlainDuck(nn.Module):
    """duck is a plain attribute: it is missing from the state_dict and stays behind when the module moves. Use
    register_buffer."""

    def __init__(self):
        super().__init__()
        self.duck = torch.tensor([7.0])

    def forward(self, x):
        return x * self.duck


@mistake("buffers.Duck")
class LearnedDuck(nn.Module):
    """duck is a parameter, so an optimizer would change it: a buffer is registered with register_buffer."""

    def __init__(self):
        super().__init__()
        self.duck = nn.Parameter(torch.tensor([7.0]))

    def forward(self, x):
        return x * self.duck


@mistake("buffers.Duck")
class UnsavedDuck(nn.Module):
    """duck is missing from the state_dict: leave out persistent=False."""

    def __init__(self):
        super().__init__()
        self.register_buffer("duck", torch.tensor([7.0]), persistent=False)

    def forward(self, x):
        return x * self.duck


@mistake("buffers.Duck")
class WholeDuck(nn.Module):
    """duck is an integer tensor: [7.] with a point is a float tensor, which .to and .double() can convert."""

    def __init__(self):
        super().__init__()
        self.register_buffer("duck", torch.tensor([7]))

    def forward(self, x):
        return x * self.duck


@mistake("buffers.Duck")
class DecoyDuck(nn.Module):
    """forward multiplies by the number 7 and not by the buffer, so a loaded duck changes nothing."""

    def __init__(self):
        super().__init__()
        self.register_buffer("duck", torch.tensor([7.0]))

    def forward(self, x):
        return x * 7.0


class _Running(nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.tensor(0))

    def update(self, mean):
        with torch.no_grad():
            self.mean.mul_(1 - self.momentum).add_(self.momentum * mean)
            self.steps.add_(1)


@mistake("buffers.RunningMean")
class CarriesTheGraph(_Running):
    """The buffer remembers the graph of every batch so far: update it under torch.no_grad(), or detach the mean."""

    def forward(self, x):
        if self.training:
            self.mean = (1 - self.momentum) * self.mean + self.momentum * x.mean(0)
            self.steps += 1
        return x - self.mean


@mistake("buffers.RunningMean")
class UpdatesInEvaluation(_Running):
    """The buffers change in evaluation mode too: update them only if self.training."""

    def forward(self, x):
        self.update(x.mean(0))
        return x - self.mean


@mistake("buffers.RunningMean")
class PlainMean(nn.Module):
    """mean is a plain attribute: it is lost when the module is saved and loaded, and .double() leaves it behind."""

    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.mean = torch.zeros(features)
        self.register_buffer("steps", torch.tensor(0))

    def forward(self, x):
        if self.training:
            self.mean = (1 - self.momentum) * self.mean + self.momentum * x.detach().mean(0)
            self.steps += 1
        return x - self.mean


@mistake("buffers.RunningMean")
class BatchMeanSubtracted(_Running):
    """In training you subtract the batch's own mean: subtract the buffer in both modes."""

    def forward(self, x):
        if self.training:
            self.update(x.mean(0))
            return x - x.mean(0)
        return x - self.mean


@mistake("buffers.RunningMean")
class UpdatedTooLate(_Running):
    """You subtract the mean as it was before this batch: update first, then subtract."""

    def forward(self, x):
        result = x - self.mean
        if self.training:
            self.update(x.mean(0))
        return result


@mistake("buffers.RunningMean")
class MomentumReversed(_Running):
    """The weights are exchanged: the batch mean counts momentum, the old mean 1 - momentum."""

    def forward(self, x):
        if self.training:
            with torch.no_grad():
                self.mean.mul_(self.momentum).add_((1 - self.momentum) * x.mean(0))
                self.steps.add_(1)
        return x - self.mean


@mistake("buffers.RunningMean")
class CountsInPython(nn.Module):
    """steps is a Python number: it is not saved. Register a 0-d int64 buffer, torch.tensor(0)."""

    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.steps = 0

    def forward(self, x):
        if self.training:
            with torch.no_grad():
                self.mean.mul_(1 - self.momentum).add_(self.momentum * x.mean(0))
            self.steps += 1
        return x - self.mean


@mistake("buffers.RunningMean")
class OneMeanForAll(_Running):
    """x.mean() is one number for the whole batch: each feature has a mean of its own, x.mean(dim=0)."""

    def forward(self, x):
        if self.training:
            self.update(x.mean())
        return x - self.mean


def _angles(max_len, dim):
    return torch.arange(max_len).unsqueeze(1) / 10000 ** (torch.arange(0, dim, 2) / dim)


def _table(max_len, dim):
    table = torch.zeros(max_len, dim)
    table[:, 0::2] = _angles(max_len, dim).sin()
    table[:, 1::2] = _angles(max_len, dim).cos()[:, : dim // 2]
    return table


class _Encoding(nn.Module):
    def __init__(self, table, persistent=False):
        super().__init__()
        self.register_buffer("table", table, persistent=persistent)

    def forward(self, x):
        if x.shape[1] > len(self.table):
            raise ValueError("the input is longer than the table")
        return x + self.table[: x.shape[1]]


@mistake("buffers.PositionalEncoding")
class SavedTable(_Encoding):
    """The table is in the state_dict, although it can be computed at any time: register it with persistent=False."""

    def __init__(self, max_len, dim):
        super().__init__(_table(max_len, dim), persistent=True)


@mistake("buffers.PositionalEncoding")
class EvenOnly(_Encoding):
    """An odd dim fails: it has one sine more than cosines, so the cosines need one angle less."""

    def __init__(self, max_len, dim):
        table = torch.zeros(max_len, dim)
        table[:, 0::2] = _angles(max_len, dim).sin()
        table[:, 1::2] = _angles(max_len, dim).cos()
        super().__init__(table)


@mistake("buffers.PositionalEncoding")
class SinesAndCosinesExchanged(_Encoding):
    """Even columns hold the sine and odd ones the cosine: yours are the other way round."""

    def __init__(self, max_len, dim):
        table = torch.zeros(max_len, dim)
        table[:, 0::2] = _angles(max_len, dim).cos()
        table[:, 1::2] = _angles(max_len, dim).sin()[:, : dim // 2]
        super().__init__(table)


@mistake("buffers.PositionalEncoding")
class SinesThenCosines(_Encoding):
    """All sines stand before all cosines here: they alternate, column by column."""

    def __init__(self, max_len, dim):
        angles = _angles(max_len, dim)
        super().__init__(torch.cat([angles.sin(), angles.cos()], dim=1)[:, :dim])


@mistake("buffers.PositionalEncoding")
class AnglesOfTheirOwn(_Encoding):
    """Each odd column has an angle of its own here: a sine and the cosine after it share one, with the exponent
    2i / dim of the even column."""

    def __init__(self, max_len, dim):
        table = torch.arange(max_len).unsqueeze(1) / 10000 ** (torch.arange(dim) / dim)
        table[:, 0::2] = table[:, 0::2].sin()
        table[:, 1::2] = table[:, 1::2].cos()
        super().__init__(table)


@mistake("buffers.PositionalEncoding")
class CutSilently(nn.Module):
    """An input longer than max_len must raise ValueError, also where broadcasting would let it pass."""

    def __init__(self, max_len, dim):
        super().__init__()
        self.register_buffer("table", _table(max_len, dim), persistent=False)

    def forward(self, x):
        return x + self.table[: x.shape[1]]


@mistake("buffers.PositionalEncoding")
class PlainTable(nn.Module):
    """table is a plain attribute: it stays behind when the module moves. Register it as a buffer that is not
    persistent."""

    def __init__(self, max_len, dim):
        super().__init__()
        self.table = _table(max_len, dim)

    def forward(self, x):
        if x.shape[1] > len(self.table):
            raise ValueError("the input is longer than the table")
        return x + self.table[: x.shape[1]]


class _Normal(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", torch.as_tensor(mean).reshape(-1, 1, 1))
        self.register_buffer("std", torch.as_tensor(std).reshape(-1, 1, 1))

    def forward(self, x):
        return (x - self.mean) / self.std

    def denormalize(self, x):
        return x * self.std + self.mean


@mistake("buffers.Normalizer")
class AlongTheWidth(_Normal):
    """A buffer of shape (C,) is aligned with the last dimension, the width: reshape it to (C, 1, 1)."""

    def __init__(self, mean, std):
        nn.Module.__init__(self)
        self.register_buffer("mean", torch.as_tensor(mean))
        self.register_buffer("std", torch.as_tensor(std))


@mistake("buffers.Normalizer")
class TensorsOnly(_Normal):
    """A list has no reshape: mean and std may be lists or tensors, and torch.as_tensor takes both."""

    def __init__(self, mean, std):
        nn.Module.__init__(self)
        self.register_buffer("mean", mean.reshape(-1, 1, 1))
        self.register_buffer("std", std.reshape(-1, 1, 1))


@mistake("buffers.Normalizer")
class UndoneInTheWrongOrder(_Normal):
    """denormalize adds the mean before it multiplies by std: undo the last step first."""

    def denormalize(self, x):
        return (x + self.mean) * self.std


@mistake("buffers.Normalizer")
class VarianceTaken(_Normal):
    """You divide by the square root of std: std is the standard deviation already."""

    def forward(self, x):
        return (x - self.mean) / self.std.sqrt()

    def denormalize(self, x):
        return x * self.std.sqrt() + self.mean


@mistake("buffers.Normalizer")
class PlainStatistics(_Normal):
    """mean and std are plain attributes: they stay behind when the module moves. Use register_buffer."""

    def __init__(self, mean, std):
        nn.Module.__init__(self)
        self.mean = torch.as_tensor(mean).reshape(-1, 1, 1)
        self.std = torch.as_tensor(std).reshape(-1, 1, 1)


@mistake("buffers.Normalizer")
class LearnedStatistics(_Normal):
    """mean and std are parameters, so training would change them: they are buffers."""

    def __init__(self, mean, std):
        nn.Module.__init__(self)
        self.mean = nn.Parameter(torch.as_tensor(mean).reshape(-1, 1, 1))
        self.std = nn.Parameter(torch.as_tensor(std).reshape(-1, 1, 1))


@mistake("buffers.classify_tensors")
def submodules_included(module):
    """The tensors of submodules are listed too: pass recurse=False, and look only at the module's own names."""
    saved = module.state_dict()
    sorts = {name: "parameter" for name, _ in module.named_parameters()}
    sorts |= {name: "buffer" if name in saved else "non_persistent_buffer" for name, _ in module.named_buffers()}
    return sorts | {name: "tensor" for name, value in vars(module).items() if isinstance(value, torch.Tensor)}


@mistake("buffers.classify_tensors")
def persistence_ignored(module):
    """All buffers are called "buffer": those that the state_dict does not hold are "non_persistent_buffer"."""
    sorts = {name: "parameter" for name, _ in module.named_parameters(recurse=False)}
    sorts |= {name: "buffer" for name, _ in module.named_buffers(recurse=False)}
    return sorts | {name: "tensor" for name, value in vars(module).items() if isinstance(value, torch.Tensor)}


@mistake("buffers.classify_tensors")
def plain_tensors_forgotten(module):
    """Plain tensor attributes are missing: vars(module) holds them."""
    saved = module.state_dict()
    sorts = {name: "parameter" for name, _ in module.named_parameters(recurse=False)}
    own = module.named_buffers(recurse=False)
    return sorts | {name: "buffer" if name in saved else "non_persistent_buffer" for name, _ in own}


@mistake("buffers.classify_tensors")
def registered_none_included(module):
    """A parameter or buffer that is registered as None is no tensor: leave it out."""
    unsaved = module._non_persistent_buffers_set
    sorts = dict.fromkeys(module._parameters, "parameter")
    sorts |= {name: "non_persistent_buffer" if name in unsaved else "buffer" for name in module._buffers}
    return sorts | {name: "tensor" for name, value in vars(module).items() if isinstance(value, torch.Tensor)}


@mistake("buffers.classify_tensors")
def parameters_by_requires_grad(module):
    """requires_grad does not make a parameter: a frozen parameter has none, and a plain tensor may have it."""
    saved = module.state_dict()
    own = dict(module.named_parameters(recurse=False)) | dict(module.named_buffers(recurse=False))
    own |= {name: value for name, value in vars(module).items() if isinstance(value, torch.Tensor)}
    sorts = {}
    for name, value in own.items():
        if value.requires_grad:
            sorts[name] = "parameter"
        elif name in module._buffers:
            sorts[name] = "buffer" if name in saved else "non_persistent_buffer"
        else:
            sorts[name] = "tensor"
    return sorts


@mistake("buffers.classify_tensors")
def second_name_left_out(module):
    """A tensor that is held under two names is listed under one: named_parameters and named_buffers leave the second
    out unless remove_duplicate=False."""
    saved = module.state_dict()
    sorts = {name: "parameter" for name, _ in module.named_parameters(recurse=False)}
    for name, _ in module.named_buffers(recurse=False):
        sorts[name] = "buffer" if name in saved else "non_persistent_buffer"
    for name, value in vars(module).items():
        if isinstance(value, torch.Tensor):
            sorts[name] = "tensor"
    return sorts
