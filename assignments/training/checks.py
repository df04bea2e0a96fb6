"""Checks of the assignment training: the loop, checkpoints, heads, seeds, rates, logs and summaries."""

import copy
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from grader.authoring import (
    Bystanders,
    booleans,
    build,
    choices,
    derived,
    exercise,
    floats,
    fresh_folder,
    generators_at,
    hooks_on,
    index_tensor,
    integers,
    iterable,
    just,
    lists_of,
    modules,
    raised,
    seeds,
    snapshot,
    tensors,
    tuples_of,
)

# Sums in another order differ in the last digits, and a step carries that on: a trajectory is compared within this.
_TRAJECTORY = {"rtol": 1e-3, "atol": 1e-4, "requires_grad": "off"}
_LOSSES: dict[str, Callable[[Any, Any], Any]] = {
    "mse": nn.functional.mse_loss,
    "huber": nn.functional.smooth_l1_loss,
    "lopsided": lambda prediction, target: ((prediction - target) ** 2 * (1 + target**2)).mean(),
}
_OPTIMIZERS: dict[str, Callable[[Any], Any]] = {
    "SGD": lambda parameters: torch.optim.SGD(parameters, lr=0.0625),
    "momentum": lambda parameters: torch.optim.SGD(parameters, lr=0.0625, momentum=0.5),
    # With its usual eps, Adam would turn the rounding of a gradient of 0 into a step.
    "Adam": lambda parameters: torch.optim.Adam(parameters, lr=0.0625, eps=0.1),
}


def _state(model: nn.Module) -> dict[str, Any]:
    return dict(model.state_dict())


def _modes(model: nn.Module) -> dict[str, bool]:
    return {name: module.training for name, module in model.named_modules()}


# train_one_epoch --------------------------------------------------------------------------------------------------

_X = tensors("b d", low=-2, high=2, gradient=False, layout="contiguous", sizes={"b": (5, 9), "d": (1, 3)})
_Y = tensors("b k", low=-2, high=2, gradient=False, layout="contiguous", sizes={"k": (1, 2)})
_TRAINED = modules("d", outputs="k", kinds=("Linear", "Tanh"), layers=(1, 2), depth=1, frozen=False, dtype="floating")


@exercise(
    points=3,
    examples=60,
    **_TRAJECTORY,
    hints=[
        "Four lines for each batch: zero_grad, loss, backward, step. And model.train() before the first.",
        "Add up loss.item() * len(x), and divide by the number of samples at the end.",
    ],
)
def train_one_epoch(
    submission: Any,
    x: Any = _X,
    y: Any = _Y,
    model: Any = _TRAINED,
    batch_size: Any = integers(2, 6),
    loss: Any = choices(*_LOSSES),
    optimizer: Any = choices(*_OPTIMIZERS),
    stale: Any = booleans(),
    kind: Any = choices("DataLoader", "list", "tuple"),
) -> Any:
    model = build(model)
    loss_fn, stepper = _LOSSES[loss], _OPTIMIZERS[optimizer](model.parameters())
    loader: Any = DataLoader(TensorDataset(x, y), batch_size=batch_size)
    if kind != "DataLoader":
        loader = iterable(list(loader), kind)
    if stale:
        loss_fn(model(x), y).backward()
    trajectory: list[dict[str, Any]] = []
    stepper.register_step_post_hook(lambda *_: trajectory.append(snapshot(model)))
    losses = [submission.train_one_epoch(model, loader, loss_fn, stepper) for _ in range(2)]
    return {"mean losses": losses, "after each step": trajectory}


class _Halving(nn.Module):
    """Halves its input in evaluation, as a layer that acts otherwise there."""

    def forward(self, x: Any) -> Any:
        return x if self.training else x / 2


@train_one_epoch.also(examples=30, **_TRAJECTORY)
def training_mode(
    submission: Any,
    x: Any = tensors("b d", low=-2, high=2, gradient=False, layout="contiguous", sizes={"b": (4, 6), "d": (1, 3)}),
    y: Any = tensors("b 2", low=-2, high=2, gradient=False, layout="contiguous"),
    seed: Any = integers(0, 999),
    mode: Any = booleans(),
) -> Any:
    layer = {"kind": "Linear", "in_features": x.shape[1], "out_features": 2, "seed": seed}
    head = build(layer | {"dtype": str(x.dtype).removeprefix("torch.")})
    norm = nn.BatchNorm1d(2, eps=1.0, dtype=x.dtype)
    model = nn.Sequential(head, _Halving(), norm, _Halving()).train(mode)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.125)
    loader = [(x[:2], y[:2]), (x[2:], y[2:])]
    loss = submission.train_one_epoch(model, loader, nn.functional.mse_loss, optimizer)
    return {"mean loss": loss, "state": _state(model)}


# accuracy ---------------------------------------------------------------------------------------------------------


class _Apart(nn.Module):
    """Keeps scores from being equal, whose greatest could be any, and notes whether they carry a graph."""

    def __init__(self) -> None:
        super().__init__()
        self.graphs = 0

    def forward(self, x: Any) -> Any:
        self.graphs += int(x.requires_grad or torch.is_grad_enabled())
        return x + torch.arange(x.shape[1], dtype=x.dtype, device=x.device) * 0.0137


_EVALUATED = modules(
    "d", outputs="k", kinds=("Linear", "BatchNorm1d", "Dropout", "Tanh"), depth=1, modes=True, shared=False
)


@exercise(
    points=2,
    examples=60,
    requires_grad="off",
    rng="must",
    hints=[
        "Note module.training of every module first; model.eval(); put each one back at the end.",
        "model(x).argmax(1) == labels; sum and count over all batches, and divide once.",
    ],
)
def accuracy(
    submission: Any,
    batches: Any = lists_of(
        tuples_of(
            tensors("~n d", "float32", low=-3, high=3, gradient=False, min_size=1, sizes={"d": (1, 3)}),
            integers(0, 99),
        ),
        0,
        4,
    ),
    model: Any = _EVALUATED,
    kind: Any = choices("list", "tuple", "generator"),
) -> Any:
    apart = _Apart()
    model = nn.Sequential(build(model), apart)
    twin = copy.deepcopy(model).eval()
    data = []
    for number, (x, seed) in enumerate(batches):
        with torch.no_grad():
            best = twin(x).argmax(1)
        other = torch.arange(len(x), device=x.device) + seed
        data.append((x, torch.where(other % 3 > number % 2, best, other % twin(x).shape[1])))
    apart.training, before = bool(len(data) % 2), _modes(model)
    result = submission.accuracy(model, iterable(data, kind))
    return {
        "accuracy": float(result) if type(result) is int else result,
        "modes": [before, _modes(model)],
        "state afterwards": _state(model),
        "scores with a graph": apart.graphs,
        "graph mode afterwards": torch.is_grad_enabled(),
    }


# fit_keep_best ----------------------------------------------------------------------------------------------------


@exercise(
    points=3,
    hints=[
        "copy.deepcopy(model.state_dict()) is a copy; model.state_dict() is not.",
        "A score that only equals the best so far does not replace it: >, not >=.",
        "model.load_state_dict(best) at the end; before the first epoch there is no best.",
    ],
)
def fit_keep_best(
    submission: Any,
    scores: Any = lists_of(choices(0.5, 0.75, 0.25, -1.0, -2.0, 0.0, 3), 0, 6),
    width: Any = integers(1, 3),
    norm: Any = booleans(),
) -> Any:
    layers = [nn.Linear(width, 2), nn.BatchNorm1d(2)] if norm else [nn.Linear(width, 2)]
    model = nn.Sequential(*layers)
    log: list[str] = []
    with torch.no_grad():
        for number, tensor in enumerate(model.state_dict().values()):
            tensor.fill_(number)

    def train(trained: nn.Module) -> None:
        log.append("train" if trained is model else "train another model")
        with torch.no_grad():
            for tensor in trained.state_dict().values():
                tensor.add_(len(log))

    def validate(validated: nn.Module) -> float:
        log.append("validate" if validated is model else "validate another model")
        score: float = scores[len(log) // 2 - 1]
        return score

    objects = [*model.parameters(), *model.buffers()]
    history = submission.fit_keep_best(model, len(scores), train, validate)
    kept = [a is b for a, b in zip(objects, [*model.parameters(), *model.buffers()], strict=False)]
    return {"history": history, "calls": log, "state at the end": _state(model), "the same objects": kept}


# save_checkpoint and load_checkpoint ------------------------------------------------------------------------------

_STEPPERS: dict[str, Callable[[Any], Any]] = {
    "momentum": lambda parameters: torch.optim.SGD(parameters, lr=0.125, momentum=0.75, nesterov=True),
    "Adam": lambda parameters: torch.optim.Adam(parameters, lr=0.0625),
    "AdamW": lambda parameters: torch.optim.AdamW(parameters, lr=0.0625, weight_decay=0.125),
    "SGD": lambda parameters: torch.optim.SGD(parameters, lr=0.125),
}
_SCHEDULERS: dict[str, Callable[[Any], Any]] = {
    "step": lambda optimizer: torch.optim.lr_scheduler.StepLR(optimizer, 2, 0.5),
    "exponential": lambda optimizer: torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.75),
    "cosine": lambda optimizer: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 5),
}


class _Run:
    """A training that can be interrupted: model, optimizer and scheduler, and data without randomness."""

    def __init__(self, optimizer: str, scheduler: str, norm: bool, start: float) -> None:
        layers: list[nn.Module] = [nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1)]
        if norm:
            layers.insert(1, nn.BatchNorm1d(3, eps=1.0))
        self.model = nn.Sequential(*layers)
        with torch.no_grad():
            for parameter in self.model.parameters():
                numbers = torch.arange(parameter.numel(), dtype=torch.float32) % 5 - 2
                parameter.copy_((numbers / 4 + start).reshape(parameter.shape))
        self.optimizer = _STEPPERS[optimizer](self.model.parameters())
        self.scheduler = _SCHEDULERS[scheduler](self.optimizer)

    def train(self, epochs: int) -> None:
        """Make so many steps on the same few samples."""
        x = torch.tensor([[1.0, -1.0], [0.5, 2.0], [-1.5, 0.25]])
        for _ in range(epochs):
            self.optimizer.zero_grad()
            (self.model(x) - x[:, :1] * 2).square().mean().backward()
            self.optimizer.step()
            self.scheduler.step()

    def all(self) -> list[Any]:
        """Return the three that a checkpoint keeps."""
        return [self.model, self.optimizer, self.scheduler]

    def state(self) -> dict[str, Any]:
        """Return copies of all that training goes on from."""
        found = {"weights": snapshot(self.model), "rates": [group["lr"] for group in self.optimizer.param_groups]}
        kept = [self.optimizer.state[p] for p in self.model.parameters() if p in self.optimizer.state]
        moments = [{k: torch.as_tensor(v).clone() for k, v in one.items() if v is not None} for one in kept]
        return {**found, "moments": moments, "scheduler's epoch": self.scheduler.last_epoch}


def _same(one: Any, other: Any) -> bool:
    """Tell whether two states are equal to the last bit."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    return torch.equal(one, other) if isinstance(one, torch.Tensor) else bool(one == other)


def resumed_run(
    submission: Any,
    optimizer: Any = choices(*_STEPPERS),
    scheduler: Any = choices(*_SCHEDULERS),
    norm: Any = booleans(),
    before: Any = integers(0, 4),
    after: Any = integers(1, 4),
    epoch: Any = integers(0, 500),
    text: Any = booleans(),
) -> Any:
    """Train, save, train on; resume in another model, and train as long."""
    run, other = _Run(optimizer, scheduler, norm, 0.0), _Run(optimizer, scheduler, norm, 0.5)
    other.train(1)  # what is loaded replaces what an optimizer already keeps
    run.train(before)
    with fresh_folder() as folder:
        path: Any = str(folder / "run.pt") if text else folder / "run.pt"
        saved = run.state()
        submission.save_checkpoint(path, *run.all(), epoch)
        unchanged = _same(saved, run.state())
        run.train(after)
        content = raised(lambda: torch.load(path, weights_only=True))
        loaded = submission.load_checkpoint(path, *other.all())
    at_once = other.state()
    other.train(after)
    return {
        "epoch": loaded,
        "saving changes nothing": unchanged,
        "weights_only=True can read it": content,
        "just loaded": [_same(saved, at_once), at_once],
        "resumed": [_same(run.state(), other.state()), other.state()],
    }


class _Trap:
    """An object in a checkpoint that executes something when it is unpickled."""

    sprung = False

    def __reduce__(self) -> Any:
        return _spring, ()


def _spring() -> str:
    _Trap.sprung = True
    return "sprung"


def checkpoint_that_executes(
    submission: Any, optimizer: Any = choices(*_STEPPERS), epoch: Any = integers(0, 500)
) -> Any:
    """Put an object that executes something among what was saved."""
    run = _Run(optimizer, "step", False, 0.0)
    run.train(2)
    _Trap.sprung = False
    load = submission.load_checkpoint
    with fresh_folder() as folder:
        path = str(folder / "run.pt")
        submission.save_checkpoint(path, *run.all(), epoch)
        content = torch.load(path, weights_only=True)
        torch.save({**content, "extra": _Trap()} if isinstance(content, dict) else [content, _Trap()], path)
        refused = raised(lambda: load(path, *run.all()))["raised"] is not None
    return {"refused": refused, "executed": _Trap.sprung}


def truncated_checkpoint(
    submission: Any,
    optimizer: Any = choices(*_STEPPERS),
    share: Any = choices(0.0, 0.25, 0.5, 0.9, 0.99, 1.0),
    epoch: Any = integers(0, 500),
) -> Any:
    """Cut a checkpoint off, and look at what is left of the run."""
    run, other = _Run(optimizer, "exponential", True, 0.0), _Run(optimizer, "exponential", True, 0.5)
    run.train(2)
    other.train(1)
    load = submission.load_checkpoint
    with fresh_folder() as folder:
        path = folder / "run.pt"
        submission.save_checkpoint(str(path), *run.all(), epoch)
        content = path.read_bytes()
        path.write_bytes(content[: min(int(len(content) * share), len(content) - 1)])
        before = other.state()
        refused = raised(lambda: load(str(path), *other.all()))["raised"] is not None
    return {"refused": refused, "as it was": _same(before, other.state())}


_PAIR = {"names": ("save_checkpoint", "load_checkpoint"), "profile": "files", "examples": 30, **_TRAJECTORY}


@exercise(
    points=2,
    **_PAIR,
    hints=[
        "Model, optimizer and scheduler each have a state_dict; put them into one dict with the epoch.",
        "torch.save(a dict of tensors and numbers, path): whole objects could not be read with weights_only=True.",
    ],
)
def save_checkpoint(
    submission: Any,
    optimizer: Any = choices(*_STEPPERS),
    scheduler: Any = choices(*_SCHEDULERS),
    norm: Any = booleans(),
    before: Any = integers(0, 4),
    after: Any = integers(1, 4),
    epoch: Any = integers(0, 500),
    text: Any = booleans(),
) -> Any:
    return resumed_run(submission, optimizer, scheduler, norm, before, after, epoch, text)


@exercise(
    points=2,
    **_PAIR,
    hints=[
        "torch.load(path, weights_only=True) first: if that raises, nothing has been changed yet.",
        "Then load_state_dict of all three, and return the epoch.",
    ],
)
def load_checkpoint(
    submission: Any,
    optimizer: Any = choices(*_STEPPERS),
    scheduler: Any = choices(*_SCHEDULERS),
    norm: Any = booleans(),
    before: Any = integers(0, 4),
    after: Any = integers(1, 4),
    epoch: Any = integers(0, 500),
    text: Any = booleans(),
) -> Any:
    return resumed_run(submission, optimizer, scheduler, norm, before, after, epoch, text)


# The two are graded as a pair: what is wrong with one fails both.
for _exercise in (save_checkpoint, load_checkpoint):
    _exercise.also(profile="files", examples=12, requires_grad="off")(checkpoint_that_executes)
    _exercise.also(profile="files", examples=20, requires_grad="off")(truncated_checkpoint)


# load_matching ----------------------------------------------------------------------------------------------------

_CHANGES = ("keep", "keep", "keep", "leave out", "longer", "one row more", "flattened", "float64")


def _changed(value: Any, change: str) -> Any:
    if change == "longer" or (change == "one row more" and value.dim() == 0):
        return torch.cat([value.reshape(-1), value.reshape(-1), torch.zeros(1, dtype=value.dtype)])
    if change == "one row more":
        return torch.cat([value, value[:1]])
    if change == "flattened":
        return value.flatten() if value.dim() > 1 else value[None] if value.dim() else value
    return value.double() if change == "float64" and value.is_floating_point() else value


@exercise(
    points=2,
    requires_grad="off",
    hints=[
        "own = model.state_dict(): an entry fits if its name is in own and the shapes are equal.",
        "load_state_dict(the fitting ones, strict=False) copies them.",
        "What is left of set(state), sorted, is the answer.",
    ],
)
def load_matching(
    submission: Any,
    # Nothing shared: which of two names counts would be the order of loading.
    model: Any = modules(
        "d", outputs="k", kinds=("Linear", "BatchNorm1d", "LayerNorm"), depth=1, shared=False, dtype="floating"
    ),
    changes: Any = lists_of(choices(*_CHANGES), 4, 8),
    more: Any = lists_of(choices("extra.weight", "zz", "head.bias", "module.0.weight", "0"), 0, 3),
) -> Any:
    model = build(model)
    state: dict[str, Any] = {}
    for number, (name, value) in enumerate(model.state_dict().items()):
        change = changes[number % len(changes)]
        if change != "leave out":
            state[name] = _changed(value + number + 2, change)
    state |= {name: torch.ones(2) for name in more if name not in model.state_dict()}
    given = {name: value.clone() for name, value in state.items()}
    objects = [*model.parameters(), *model.buffers()]
    left = submission.load_matching(model, state)
    same = [a is b for a, b in zip(objects, [*model.parameters(), *model.buffers()], strict=False)]
    found = snapshot(model)
    untouched = state.keys() == given.keys() and all(torch.equal(state[name], given[name]) for name in given)
    for value in state.values():
        value.zero_()  # the model has copies
    return {
        "not loaded": left,
        "state of the model": found,
        "state of the model afterwards": _state(model),
        "the same objects": same,
        "state as given": untouched,
    }


# replace_head -----------------------------------------------------------------------------------------------------


def _network(kind: str, width: int) -> tuple[nn.Module, str]:
    """Return a network and where its head is."""
    head = nn.Linear(width, 3)
    body = nn.Sequential(nn.Linear(2, width), nn.BatchNorm1d(width), nn.ReLU())
    if kind == "attribute":
        model: nn.Module = nn.Sequential()
        model.add_module("body", body)
        model.add_module("fc", head)
        return model, "fc"
    if kind == "in a Sequential":
        return nn.Sequential(body, nn.Sequential(nn.Dropout(0.0), head)), "1.1"
    if kind == "in a ModuleDict":
        model = nn.Sequential(body, nn.Sequential())
        model[1].add_module("heads", nn.Sequential(head))
        return model, "1.heads.0"
    return nn.Sequential(body, head, nn.Tanh()), "1"


@exercise(
    points=2,
    rng="off",
    requires_grad="off",
    examples=40,
    hints=[
        "model.requires_grad_(False) freezes everything; the new layer comes afterwards.",
        'name.rpartition(".") gives the parent\'s path and the last name; get_submodule("") is the model.',
        "setattr(parent, last, nn.Linear(...)) works for numbers in a Sequential, too.",
    ],
)
def replace_head(
    submission: Any,
    kind: Any = choices("attribute", "in a Sequential", "in a ModuleDict", "in the middle"),
    width: Any = integers(2, 4),
    classes: Any = integers(1, 5),
    seed: Any = seeds(),
) -> Any:
    with generators_at(seed):
        model, path = _network(kind, width)
    old, mode = model.get_submodule(path), _modes(model)
    before = {name: value for name, value in snapshot(model).items() if not name.startswith(f"{path}.")}
    submission.replace_head(model, path, classes)
    new: Any = model.get_submodule(path)
    found = snapshot(model)
    return {
        "type": type(new).__name__,
        "sizes": [new.in_features, new.out_features, new.bias is not None],
        "another object": new is not old,
        "fresh": not any(torch.equal(new.weight[:1], row[None]) for row in old.weight),
        "spread": bool(new.weight.detach().unique().numel() > 1),
        "trainable": sorted(name for name, p in model.named_parameters() if p.requires_grad),
        "the other values": {name: found.get(name) for name in before},
        "names": sorted(found),
        "modes": [mode[name] for name in sorted(mode) if name != path],
        "shape of the output": tuple(model.eval()(torch.ones(2, 2)).shape),
    }


# conv_block -------------------------------------------------------------------------------------------------------


def _leaves(block: nn.Module, kind: Any) -> list[Any]:
    return [module for module in block.modules() if isinstance(module, kind)]


@exercise(
    points=1,
    rng="off",
    requires_grad="off",
    examples=40,
    hints=[
        'activations = nn.ModuleDict({"relu": ..., "lrelu": ...}): activations[name] raises KeyError by itself.',
        "nn.Sequential(nn.Conv2d(..., bias=False, **kwargs), nn.BatchNorm2d(...), activation).",
    ],
)
def conv_block(
    submission: Any,
    channels: Any = tuples_of(choices(2, 1, 4), choices(2, 4, 6)),
    activation: Any = choices("relu", "lrelu"),
    options: Any = choices(
        {"kernel_size": 3},
        {"kernel_size": 1},
        {"kernel_size": 3, "padding": 1, "stride": 2},
        {"kernel_size": [3, 2], "dilation": 2, "padding": 2},
        {"kernel_size": 3, "padding": 1, "padding_mode": "reflect"},
    ),
    mode: Any = booleans(),
) -> Any:
    block = submission.conv_block(*channels, activation, **options)
    (conv,), (norm,) = _leaves(block, nn.Conv2d), _leaves(block, nn.BatchNorm2d)
    with torch.no_grad():
        for number, tensor in enumerate((conv.weight, norm.weight, norm.bias)):
            tensor.copy_(((torch.arange(tensor.numel()) * 3 + number) % 7 - 3).reshape(tensor.shape) / 2)
    x = ((torch.arange(2 * channels[0] * 36) * 5 % 11) - 5).reshape(2, channels[0], 6, 6) / 4
    output = block.train(mode)(x)
    return {"bias": conv.bias is None, "parameters": len(list(block.parameters())), "output": output.detach()}


@conv_block.also(examples=12, rng="off")
def block_of_unknown_activation(
    submission: Any, activation: Any = choices("gelu", "ReLU", "", "LRELU", "sigmoid")
) -> Any:
    make = submission.conv_block
    return raised(lambda: make(1, 2, activation, kernel_size=1), "KeyError")


# seed_everything --------------------------------------------------------------------------------------------------


def _drawn() -> dict[str, Any]:
    return {
        "python": [random.random() for _ in range(3)],
        "numpy": numpy.random.rand(3).tolist(),
        "torch": torch.rand(3),
        "seed of torch": torch.initial_seed(),
    }


@exercise(
    points=1,
    rng="off",
    examples=40,
    hints=["Four lines: random.seed, np.random.seed, torch.manual_seed, and the flag of cuDNN."],
)
def seed_everything(submission: Any, seed: Any = integers(0, 2**31), flag: Any = booleans()) -> Any:
    before = torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark
    with generators_at(seed ^ 3):
        try:
            torch.backends.cudnn.deterministic = flag
            submission.seed_everything(seed)
            first = _drawn()
            submission.seed_everything(seed)
            return {"first": first, "again": _drawn(), "deterministic": torch.backends.cudnn.deterministic}
        finally:
            torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark = before


# plateau_rates ----------------------------------------------------------------------------------------------------


@exercise(
    points=2,
    bans=["torch.optim.lr_scheduler.ReduceLROnPlateau"],
    rtol=1e-9,
    atol=0.0,
    explicit=[
        {"metrics": [1.0, 1.0, 1.0, 1.0], "lr": 0.1, "factor": 0.5, "patience": 1, "mode": "min"},
        {"metrics": [1.0, 0.99995, 0.9998, 1.0], "lr": 0.1, "factor": 0.1, "patience": 0, "mode": "min"},
        {"metrics": [1.0, 1.0, 1.0], "lr": 1e-8, "factor": 0.5, "patience": 0, "mode": "max"},
    ],
    hints=[
        "Keep the best metric and the number of bad ones in a row.",
        "The rate falls when the bad ones are more than patience, and then the count is 0 again.",
        "Equal is no improvement, and neither is one of less than a ten-thousandth.",
    ],
)
def plateau_rates(
    submission: Any,
    metrics: Any = lists_of(
        choices(1.0, 2.0, 0.5, 1.00005, 0.99995, 0.9998, 1.0002, -1.0, -1.00005, -1.0002, 0.0, 3.0), 0, 14
    ),
    lr: Any = choices(0.1, 1.0, 0.5, 1e-3, 3e-8, 1e-8),
    factor: Any = choices(0.5, 0.1, 0.25, 0.9),
    patience: Any = integers(0, 3),
    mode: Any = choices("min", "max"),
) -> Any:
    return submission.plateau_rates(metrics, lr, factor, patience, mode)


@plateau_rates.also(rtol=1e-9, atol=0.0, examples=40)
def long_plateaus(
    submission: Any,
    value: Any = choices(1.0, -2.0, 0.0),
    length: Any = integers(6, 25),
    last: Any = floats(-4, 4),
    patience: Any = integers(0, 4),
    mode: Any = choices("min", "max"),
) -> Any:
    return submission.plateau_rates([value] * length + [last] * length, 1.0, 0.5, patience, mode)


# load_network -----------------------------------------------------------------------------------------------------

_SOURCE = """
from torch import nn

MARK = "{mark}"


class Net(nn.Module):
    def __init__(self, width=2, depth=1):
        super().__init__()
        self.size, self.mark = (width, depth), MARK


class {other}(Net):
    where = __file__
"""


@exercise(
    points=2,
    rng="off",
    profile="files",
    examples=30,
    hints=[
        "importlib.util.spec_from_file_location(name, path), module_from_spec(spec), spec.loader.exec_module(module).",
        "Do not put the module into sys.modules: two files of the same name would share it.",
        "getattr(module, class_name)(**kwargs).",
    ],
)
def load_network(
    submission: Any,
    name: Any = choices("net.py", "json.py", "my-net.py", "colorsys.py", "network.py"),
    marks: Any = tuples_of(choices("first", "one"), choices("second", "two")),
    options: Any = choices({}, {"width": 5}, {"width": 1, "depth": 3}),
    other: Any = choices("Deep", "Wide"),
    text: Any = booleans(),
) -> Any:
    path_before = list(sys.path)
    modules_before = {key: id(value) for key, value in sys.modules.items()}
    with fresh_folder() as folder:
        files = []
        for number, mark in enumerate(marks):
            (folder / f"{number}").mkdir()
            file = folder / f"{number}" / name
            file.write_text(_SOURCE.format(mark=mark, other=other))
            files.append(str(file) if text else file)
        order = (0, 1, 0)
        nets = [submission.load_network(files[number], "Net", **options) for number in order]
        derived_one = submission.load_network(files[1], other, **options)
        where = Path(type(derived_one).where).parent.name
    replaced = [key for key, value in modules_before.items() if id(sys.modules.get(key)) != value]
    return {
        "marks": [net.mark for net in nets],
        "sizes": [net.size for net in nets],
        "types": [type(net).__name__ for net in (*nets, derived_one)],
        "folder of the file": where,
        "sys.path stays": sys.path == path_before,
        "modules replaced": replaced,
    }


# log_history ------------------------------------------------------------------------------------------------------


class _Writer:
    """Notes what it is told, as a SummaryWriter would."""

    def __init__(self) -> None:
        self.told: list[list[Any]] = []

    def add_scalar(self, tag: Any, scalar_value: Any, global_step: Any = None, *rest: Any, **options: Any) -> None:
        """Note one number."""
        self.told.append([tag, global_step, scalar_value, type(scalar_value).__name__, type(global_step).__name__])

    def flush(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


_FORMS: dict[str, Callable[[float], Any]] = {
    "float": float,
    "tensor": torch.tensor,
    "tensor with grad": lambda value: torch.tensor(value, requires_grad=True) * 1,
    "numpy": numpy.float32,
    "int": lambda value: int(value),
}


@exercise(
    points=1,
    examples=60,
    hints=['The tags are "loss/train", "loss/valid" and "lr".', "float(loss) makes a plain float of a 0-d tensor."],
)
def log_history(
    submission: Any,
    history: Any = lists_of(tuples_of(floats(0, 4), floats(0, 4), choices(0.1, 0.01, 1.0)), 0, 5),
    form: Any = choices(*_FORMS),
    kind: Any = choices("list", "tuple", "generator"),
) -> Any:
    writer, make = _Writer(), _FORMS[form]
    records = [{"train": make(train), "valid": make(valid), "lr": rate} for train, valid, rate in history]
    submission.log_history(writer, iterable(records, kind))
    return sorted(writer.told, key=lambda entry: (str(entry[1]).zfill(3), str(entry[0])))


# summarize --------------------------------------------------------------------------------------------------------


def _rows(rows: Any) -> Any:
    """Return the four columns that are asked for, sizes as a list of whatever kind they came in."""
    return [
        {
            "name": row["name"],
            "type": row["type"],
            "output_shape": [int(size) for size in row["output_shape"]],
            "params": row["params"],
        }
        for row in rows
    ]


def _summarized(submission: Any, model: nn.Module, size: Any) -> dict[str, Any]:
    others = Bystanders(model)
    hooks, modes, state = hooks_on(model), _modes(model), snapshot(model)
    gradients = {name: p.requires_grad for name, p in model.named_parameters()}
    rows = _rows(submission.summarize(model, size))
    return {
        "rows": rows,
        "modes stay": _modes(model) == modes,
        "hooks stay": hooks_on(model) == hooks,
        "state": [_same(state, snapshot(model)), gradients, [p.grad for p in model.parameters()]],
        "forwards": others.counts["outputs"] // max(1, len(list(model.modules()))) <= len(rows) + 1,
    }


@exercise(
    points=3,
    rng="off",
    requires_grad="off",
    examples=50,
    hints=[
        "A leaf is a module without children; register a forward hook on each, and remove them all at the end.",
        "Evaluate, or a BatchNorm changes its running mean; then give each module its own mode back.",
        "torch.zeros(*input_size) is the input; input_size holds the batch already.",
    ],
)
def summarize(
    submission: Any,
    model: Any = modules(
        "d", kinds=("Linear", "ReLU", "BatchNorm1d", "Dropout", "LayerNorm"), layers=(1, 3), modes=True
    ),
    width: Any = derived(lambda earlier: just(_first_width(earlier.model))),
    batch: Any = integers(1, 3),
    as_list: Any = booleans(),
) -> Any:
    size = [batch, width] if as_list else (batch, width)
    return _summarized(submission, nn.Sequential(build(model)), size)


def _first_width(node: Any) -> int:
    """Return how many features the first layer of a described network takes; 2 where none tells."""
    for _, child in node.get("children", ()):
        for key in ("in_features", "num_features", "normalized_shape"):
            if key in child:
                return int(child[key])
        found = _first_width(child) if child.get("children") else 0
        if found:
            return found
    return 2 if "seed" in node else 0


@summarize.also(examples=30, rng="off", requires_grad="off")
def summary_of_a_small_network(
    submission: Any,
    channels: Any = integers(1, 3),
    batch: Any = integers(1, 2),
    side: Any = integers(4, 7),
    twice: Any = booleans(),
    mode: Any = booleans(),
) -> Any:
    act = nn.ReLU()
    layers = [nn.Conv2d(channels, 4, 3, bias=False), nn.BatchNorm2d(4), act, nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    layers += [nn.Linear(4, 4), act if twice else nn.Tanh(), nn.Linear(4, 2)]
    model = nn.Sequential(nn.Sequential(*layers[:4]), nn.Sequential(*layers[4:])).train(mode)
    model[1][1].weight.requires_grad_(False)
    return _summarized(submission, model, (batch, channels, side, side))
