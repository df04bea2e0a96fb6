"""Typical wrong answers to the assignment training, each with what to say to the student."""

import copy
import importlib
import os
import random
import sys

import numpy as np
import torch
from torch import nn

from grader.authoring import mistake


def _epoch(model, loader, loss_fn, optimizer, zero=True, mode=True, step=True, mean_of_means=False, float_=True):
    model.train(mode) if mode is not None else None
    total, count = 0.0, 0
    for x, y in loader:
        if zero:
            optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        if step:
            optimizer.step()
        weight = 1 if mean_of_means else len(x)
        total, count = total + (loss.item() if float_ else loss.detach()) * weight, count + weight
    return total / count


@mistake("training.train_one_epoch")
def gradients_pile_up(model, loader, loss_fn, optimizer):
    """Gradients add up from batch to batch: call optimizer.zero_grad() before each backward."""
    return _epoch(model, loader, loss_fn, optimizer, zero=False)


@mistake("training.train_one_epoch")
def mode_left(model, loader, loss_fn, optimizer):
    """A model that was just evaluated is still in eval mode: call model.train() first."""
    return _epoch(model, loader, loss_fn, optimizer, mode=None)


@mistake("training.train_one_epoch")
def mean_of_the_means(model, loader, loss_fn, optimizer):
    """You average the batches' means, so that a sample of the small last batch counts more: weigh each by its size."""
    return _epoch(model, loader, loss_fn, optimizer, mean_of_means=True)


@mistake("training.train_one_epoch")
def no_step(model, loader, loss_fn, optimizer):
    """Nothing is learned: optimizer.step() is missing."""
    return _epoch(model, loader, loss_fn, optimizer, step=False)


@mistake("training.train_one_epoch")
def one_step_for_all(model, loader, loss_fn, optimizer):
    """There is one step for the whole epoch: each batch has its own."""
    optimizer.zero_grad()
    loss = _epoch(model, loader, loss_fn, optimizer, zero=False, step=False)
    optimizer.step()
    return loss


@mistake("training.train_one_epoch")
def tensor_returned(model, loader, loss_fn, optimizer):
    """The result is a tensor: loss.item() makes a float, and keeps no graph alive."""
    return _epoch(model, loader, loss_fn, optimizer, float_=False)


def _accuracy(model, loader, evaluate=True, back="own", no_grad=True, dim=1, means=False):
    modes = [(module, module.training) for module in model.modules()]
    if evaluate:
        model.eval()
    right, samples = 0.0, 0
    with torch.set_grad_enabled(not no_grad):
        for x, labels in loader:
            hits = float((model(x).argmax(dim) == labels).sum())
            right, samples = right + (hits / len(labels) if means else hits), samples + (1 if means else len(labels))
    if back == "own":
        for module, mode in modes:
            module.training = mode
    elif back == "train":
        model.train()
    return right / samples if samples else 0.0


@mistake("training.accuracy")
def evaluated_in_training_mode(model, loader):
    """Dropout and batch statistics are at work: call model.eval() first."""
    return _accuracy(model, loader, evaluate=False)


@mistake("training.accuracy")
def all_set_to_train(model, loader):
    """model.train() at the end wakes modules that were in eval mode: put each one back into its own mode."""
    return _accuracy(model, loader, back="train")


@mistake("training.accuracy")
def left_in_eval(model, loader):
    """The model stays in eval mode: put each module back into the mode in which it was."""
    return _accuracy(model, loader, back="no")


@mistake("training.accuracy")
def with_a_graph(model, loader):
    """A graph is kept for every batch: evaluate within torch.no_grad()."""
    return _accuracy(model, loader, no_grad=False)


@mistake("training.accuracy")
def mean_over_batches(model, loader):
    """You average the batches' accuracies: count right answers and samples, and divide once."""
    return _accuracy(model, loader, means=True)


@mistake("training.accuracy")
def division_by_zero(model, loader):
    """Without any batch you divide by 0: the result is 0 then."""
    batches = list(loader)
    return _accuracy(model, batches) if batches else 0.0 / len(batches)


def _fit(model, epochs, train, validate, keep=copy.deepcopy, better=lambda a, b: a > b, first=-float("inf"), back=True):
    history, best, kept = [], first, None
    for _ in range(epochs):
        train(model)
        history.append(validate(model))
        if better(history[-1], best):
            best, kept = history[-1], keep(model.state_dict())
    if back and kept is not None:
        model.load_state_dict(kept, strict=False)
    return history


@mistake("training.fit_keep_best")
def best_not_copied(model, epochs, train, validate):
    """state_dict() holds the model's own tensors, which training goes on to change: copy them, with copy.deepcopy."""
    return _fit(model, epochs, train, validate, keep=dict)


@mistake("training.fit_keep_best")
def latest_of_equal_scores(model, epochs, train, validate):
    """Of equal scores the earliest epoch counts: compare with >, not with >=."""
    return _fit(model, epochs, train, validate, better=lambda a, b: a >= b)


@mistake("training.fit_keep_best")
def begins_at_zero(model, epochs, train, validate):
    """The best score begins at 0, so that negative scores never count: begin with minus infinity."""
    return _fit(model, epochs, train, validate, first=0.0)


@mistake("training.fit_keep_best")
def never_put_back(model, epochs, train, validate):
    """At the end the model is that of the last epoch: load the best state."""
    return _fit(model, epochs, train, validate, back=False)


@mistake("training.fit_keep_best")
def lower_taken_for_better(model, epochs, train, validate):
    """Higher scores are better: you keep the lowest."""
    return _fit(model, epochs, train, validate, better=lambda a, b: a < b, first=float("inf"))


@mistake("training.fit_keep_best")
def buffers_forgotten(model, epochs, train, validate):
    """Only the parameters are kept: a BatchNorm's running mean belongs to the epoch, too. state_dict() has both."""

    def keep(state):
        names = [name for name, _ in model.named_parameters()]
        return copy.deepcopy({name: state[name] for name in names})

    return _fit(model, epochs, train, validate, keep=keep)


def _save(path, model, optimizer, scheduler, epoch, **others):
    states = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()}
    torch.save({**states, "epoch": epoch, **others}, path)


def _restore(states, model, optimizer, scheduler):
    model.load_state_dict(states["model"])
    optimizer.load_state_dict(states["optimizer"])
    scheduler.load_state_dict(states["scheduler"])
    return states["epoch"]


@mistake("training.save_checkpoint")
def next_epoch_saved(path, model, optimizer, scheduler, epoch):
    """The epoch that comes back is not the one that was given: save it as it is."""
    _save(path, model, optimizer, scheduler, epoch + 1)


@mistake("training.save_checkpoint")
def whole_model_saved(path, model, optimizer, scheduler, epoch):
    """The file holds the model as an object, which weights_only=True refuses: save its state_dict."""
    _save(path, model, optimizer, scheduler, epoch, network=model)


@mistake("training.save_checkpoint")
def rounded_to_half(path, model, optimizer, scheduler, epoch):
    """The weights are saved in half precision, so the resumed run is another one: save them as they are."""
    rounded = {name: value.half() for name, value in model.state_dict().items()}
    _save(path, model, optimizer, scheduler, epoch, model=rounded)


@mistake("training.save_checkpoint")
def momentum_not_saved(path, model, optimizer, scheduler, epoch):
    """What the optimizer keeps for each parameter, its momentum, is not in the file: save optimizer.state_dict()."""
    _save(path, model, optimizer, scheduler, epoch, optimizer={**optimizer.state_dict(), "state": {}})


@mistake("training.load_checkpoint")
def optimizer_not_restored(path, model, optimizer, scheduler):
    """The optimizer's momentum and step counts are not put back: the resumed run differs from the uninterrupted one."""
    return _restore(torch.load(path, weights_only=True), model, copy.deepcopy(optimizer), scheduler)


@mistake("training.load_checkpoint")
def scheduler_not_restored(path, model, optimizer, scheduler):
    """The scheduler begins anew: put its state back as well, or the rates differ."""
    return _restore(torch.load(path, weights_only=True), model, optimizer, copy.deepcopy(scheduler))


@mistake("training.load_checkpoint")
def anything_unpickled(path, model, optimizer, scheduler):
    """weights_only=False executes what the file says, from wherever it comes: load with weights_only=True."""
    return _restore(torch.load(path, weights_only=False), model, optimizer, scheduler)


@mistake("training.load_checkpoint")
def epoch_not_returned(path, model, optimizer, scheduler):
    """The epoch is not returned: training has to know where to go on."""
    _restore(torch.load(path, weights_only=True), model, optimizer, scheduler)


@mistake("training.load_checkpoint")
def errors_swallowed(path, model, optimizer, scheduler):
    """A file that cannot be read is passed over in silence: the training would begin anew. Let the error out."""
    try:
        return _restore(torch.load(path, weights_only=True), model, optimizer, scheduler)
    except Exception:  # noqa: BLE001 - that is the mistake
        return 0


def _matching(model, state, fits):
    own = model.state_dict()
    fitting = {name: value for name, value in state.items() if name in own and fits(own[name], value)}
    with torch.no_grad():
        for name, value in fitting.items():
            own[name].copy_(value.reshape(own[name].shape) if value.numel() == own[name].numel() else value)
    return sorted(set(state) - set(fitting))


@mistake("training.load_matching")
def as_many_elements(model, state):
    """As many elements are no fit: the shapes must be equal."""
    return _matching(model, state, lambda own, value: own.numel() == value.numel())


@mistake("training.load_matching")
def missing_names_returned(model, state):
    """You return what the model has and the state lacks: the names in the state that were not loaded are asked for."""
    _matching(model, state, lambda own, value: own.shape == value.shape)
    return sorted(set(model.state_dict()) - set(state))


@mistake("training.load_matching")
def strict_load(model, state):
    """strict=False passes over missing names, and still raises for another shape: choose the fitting entries first."""
    return sorted(model.load_state_dict(state, strict=False).unexpected_keys)


@mistake("training.load_matching")
def loaded_names_returned(model, state):
    """These are the names that were loaded: those that were not are asked for."""
    return sorted(set(state) - set(_matching(model, state, lambda own, value: own.shape == value.shape)))


@mistake("training.load_matching")
def parameters_only(model, state):
    """Buffers are not loaded: the running mean of a BatchNorm belongs to the state, too."""
    names = {name for name, _ in model.named_parameters()}
    kept = {name: value for name, value in state.items() if name in names}
    return sorted({*_matching(model, kept, lambda own, value: own.shape == value.shape), *(set(state) - names)})


def _replace(model, name, num_classes, head=nn.Linear):
    parent, _, last = name.rpartition(".")
    holder = model.get_submodule(parent)
    setattr(holder, last, head(getattr(holder, last).in_features, num_classes))


@mistake("training.replace_head")
def head_frozen_too(model, name, num_classes):
    """The new head is frozen, too: freeze the model first, and put the head in afterwards."""
    _replace(model, name, num_classes)
    model.requires_grad_(False)


@mistake("training.replace_head")
def nothing_frozen(model, name, num_classes):
    """The other layers are still trained: freeze all of them."""
    _replace(model, name, num_classes)


@mistake("training.replace_head")
def dotted_name_as_attribute(model, name, num_classes):
    """setattr with a dotted name makes an attribute with dots: go to the parent module first."""
    model.requires_grad_(False)
    setattr(model, name, nn.Linear(model.get_submodule(name).in_features, num_classes))


@mistake("training.replace_head")
def old_rows_kept(model, name, num_classes):
    """The new head begins with the weights of the old one: a fresh layer is asked for."""
    model.requires_grad_(False)
    old = model.get_submodule(name)
    _replace(model, name, num_classes)
    rows = min(num_classes, old.out_features)
    model.get_submodule(name).weight.data[:rows] = old.weight[:rows]


@mistake("training.replace_head")
def out_features_changed(model, name, num_classes):
    """Changing out_features changes a number, not the weights: make a new layer."""
    model.requires_grad_(False)
    head = model.get_submodule(name)
    head.out_features = num_classes
    head.requires_grad_(True)


@mistake("training.conv_block")
def with_a_bias(in_channels, out_channels, activation, **kwargs):
    """The convolution has a bias, which the batch norm takes away again: bias=False."""
    act = {"relu": nn.ReLU(), "lrelu": nn.LeakyReLU()}[activation]
    return nn.Sequential(nn.Conv2d(in_channels, out_channels, **kwargs), nn.BatchNorm2d(out_channels), act)


@mistake("training.conv_block")
def activation_before_the_norm(in_channels, out_channels, activation, **kwargs):
    """The batch norm stands between convolution and activation: you activate first."""
    act = {"relu": nn.ReLU(), "lrelu": nn.LeakyReLU()}[activation]
    return nn.Sequential(nn.Conv2d(in_channels, out_channels, bias=False, **kwargs), act, nn.BatchNorm2d(out_channels))


@mistake("training.conv_block")
def relu_for_all_others(in_channels, out_channels, activation, **kwargs):
    """An unknown activation is taken for another one: it must raise KeyError."""
    act = nn.LeakyReLU() if activation == "lrelu" else nn.ReLU()
    return nn.Sequential(nn.Conv2d(in_channels, out_channels, bias=False, **kwargs), nn.BatchNorm2d(out_channels), act)


@mistake("training.conv_block")
def arguments_lost(in_channels, out_channels, activation, kernel_size, **kwargs):
    """Stride, padding and the like do not reach the convolution: pass **kwargs on."""
    act = {"relu": nn.ReLU(), "lrelu": nn.LeakyReLU()}[activation]
    conv = nn.Conv2d(in_channels, out_channels, kernel_size, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(out_channels), act)


@mistake("training.seed_everything")
def torch_only(seed):
    """Python's and numpy's generators are not seeded."""
    torch.manual_seed(seed)
    torch.backends.cudnn.deterministic = True


@mistake("training.seed_everything")
def numpy_forgotten(seed):
    """numpy's generator is not seeded: many augmentations draw from it."""
    random.seed(seed)
    torch.manual_seed(seed)
    torch.backends.cudnn.deterministic = True


@mistake("training.seed_everything")
def cudnn_left(seed):
    """cuDNN may still choose algorithms that give other digits each time: set torch.backends.cudnn.deterministic."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def _rates(metrics, lr, factor, patience, mode, threshold=1e-4, limit=0, reset=True, eps=1e-8):
    best, bad, rates = float("inf") if mode == "min" else -float("inf"), 0, []
    for metric in metrics:
        better = metric < best * (1 - threshold) if mode == "min" else metric > best * (1 + threshold)
        best, bad = (metric, 0) if better else (best, bad + 1)
        if bad > patience - limit:
            lr = lr * factor if lr - lr * factor > eps else lr
            bad = 0 if reset else bad
        rates.append(lr)
    return rates


@mistake("training.plateau_rates")
def one_too_early(metrics, lr, factor, patience, mode):
    """The rate falls one metric too early: there must be more than `patience` bad ones in a row."""
    return _rates(metrics, lr, factor, patience, mode, limit=1)


@mistake("training.plateau_rates")
def count_not_begun_anew(metrics, lr, factor, patience, mode):
    """After the rate has fallen the count begins anew: yours goes on, and the rate falls with every metric."""
    return _rates(metrics, lr, factor, patience, mode, reset=False)


@mistake("training.plateau_rates")
def any_improvement(metrics, lr, factor, patience, mode):
    """Any improvement counts for you: it has to be by more than a ten-thousandth of the best."""
    return _rates(metrics, lr, factor, patience, mode, threshold=0.0)


@mistake("training.plateau_rates")
def always_min(metrics, lr, factor, patience, mode):
    """With mode "max" a greater metric is the better one."""
    return _rates(metrics, lr, factor, patience, "min")


@mistake("training.plateau_rates")
def rates_before(metrics, lr, factor, patience, mode):
    """These are the rates before each metric: the rate after it is asked for."""
    return ([lr, *_rates(metrics, lr, factor, patience, mode)])[: len(metrics)]


@mistake("training.load_network")
def by_name(path, class_name, **kwargs):
    """`import` knows modules by name only, so the second file of the same name is never read, and sys.path grows: go by
    the path, with importlib.util."""
    sys.path.insert(0, os.path.dirname(str(path)))
    module = importlib.import_module(os.path.basename(str(path)).removesuffix(".py"))
    return getattr(module, class_name)(**kwargs)


@mistake("training.load_network")
def kept_under_its_name(path, class_name, **kwargs):
    """The module is put into sys.modules under the file's name: a file json.py then stands in for the json of the
    library."""
    name = os.path.basename(str(path)).removesuffix(".py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return getattr(module, class_name)(**kwargs)


@mistake("training.load_network")
def first_file_remembered(path, class_name, **kwargs):
    """The second file of the same name gives the first one's class: read the file at its path each time."""
    name = f"student_{os.path.basename(str(path))}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return getattr(sys.modules[name], class_name)(**kwargs)


@mistake("training.load_network")
def arguments_dropped(path, class_name, **kwargs):
    """The arguments do not reach the class: class_(**kwargs)."""
    spec = importlib.util.spec_from_file_location("network", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, class_name)()


def _log(writer, history, start=0, tags=("loss/train", "loss/valid", "lr"), number=float):
    for step, record in enumerate(history, start):
        for tag, key in zip(tags, ("train", "valid", "lr"), strict=True):
            writer.add_scalar(tag, number(record[key]), step)


@mistake("training.log_history")
def steps_from_one(writer, history):
    """Steps count from 0."""
    _log(writer, history, start=1)


@mistake("training.log_history")
def tensors_logged(writer, history):
    """The losses go on as tensors: make plain floats of them."""
    _log(writer, history, number=lambda value: value)


@mistake("training.log_history")
def other_tags(writer, history):
    """The tags are loss/train, loss/valid and lr: the part before the slash puts curves into one picture."""
    _log(writer, history, tags=("train", "valid", "lr"))


@mistake("training.log_history")
def exchanged(writer, history):
    """The losses of training and validation are exchanged."""
    _log(writer, history, tags=("loss/valid", "loss/train", "lr"))


def _summary(model, size, leaves, evaluate=True, back=True, remove=True, own=False, once=False):
    rows, seen = [], set()

    def note(name):
        def hook(module, args, output):
            if once and name in seen:
                return
            seen.add(name)
            count = sum(p.numel() for p in module.parameters() if p.requires_grad or not own)
            row = {"name": name, "type": type(module).__name__, "output_shape": tuple(output.shape), "params": count}
            rows.append(row)

        return hook

    modes = [(module, module.training) for module in model.modules()]
    handles = [module.register_forward_hook(note(name)) for name, module in leaves(model)]
    if evaluate:
        model.eval()
    with torch.no_grad():
        model(torch.zeros(*size))
    if remove:
        for handle in handles:
            handle.remove()
    for module, mode in modes if back else ():
        module.training = mode
    return rows


def _leaves(model):
    return [(name, module) for name, module in model.named_modules() if not list(module.children())]


@mistake("training.summarize")
def running_mean_changed(model, input_size):
    """The forward runs in training mode and changes the running means of batch norms: evaluate."""
    return _summary(model, input_size, _leaves, evaluate=False)


@mistake("training.summarize")
def hooks_left_behind(model, input_size):
    """Your hooks stay on the model: remove their handles."""
    return _summary(model, input_size, _leaves, remove=False)


@mistake("training.summarize")
def left_in_evaluation(model, input_size):
    """The model is in eval mode afterwards: give each module its own mode back."""
    return _summary(model, input_size, _leaves, back=False)


@mistake("training.summarize")
def containers_too(model, input_size):
    """Containers have rows, too: only modules without children are asked for."""
    return _summary(model, input_size, lambda m: [(name, module) for name, module in m.named_modules() if name])


@mistake("training.summarize")
def one_row_for_each(model, input_size):
    """A layer that is called twice has two rows: note every call."""
    return _summary(model, input_size, _leaves, once=True)


@mistake("training.summarize")
def trainable_only(model, input_size):
    """Frozen parameters are parameters: count all of them."""
    return _summary(model, input_size, _leaves, own=True)
