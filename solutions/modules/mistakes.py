"""Typical wrong answers to the assignment modules, each with what to say to the student."""

import itertools

import torch
from torch import nn

from grader.authoring import mistake


class _Add(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def forward(self, x):
        return x + self.value


@mistake("modules.Linear")
class PlainTensors(nn.Module):
    """W and b are plain tensors, so the state_dict is empty and no optimizer finds them: wrap them in nn.Parameter."""

    def __init__(self, in_features, out_features):
        super().__init__()
        self.W = torch.ones(out_features, in_features)
        self.b = torch.ones(out_features)

    def forward(self, x):
        return x @ self.W.T + self.b


class _Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.W = nn.Parameter(torch.ones(out_features, in_features))
        self.b = nn.Parameter(torch.ones(out_features))

    def forward(self, x):
        return x @ self.W.T + self.b


@mistake("modules.Linear")
class WeightTransposed(nn.Module):
    """W has the shape (in, out): it must be (out, in), and forward multiplies by its transpose."""

    def __init__(self, in_features, out_features):
        super().__init__()
        self.W = nn.Parameter(torch.ones(in_features, out_features))
        self.b = nn.Parameter(torch.ones(out_features))

    def forward(self, x):
        return x @ self.W + self.b


@mistake("modules.Linear")
class MatricesOnly(_Linear):
    """This works for two dimensions only: x may have any number of leading dimensions, none included."""

    def forward(self, x):
        return torch.mm(x, self.W.T) + self.b


@mistake("modules.Linear")
class RandomStart(_Linear):
    """W and b are ones at the start, not random."""

    def __init__(self, in_features, out_features):
        super().__init__(in_features, out_features)
        nn.init.uniform_(self.W)
        nn.init.uniform_(self.b)


@mistake("modules.Linear")
class BiasForgotten(_Linear):
    """b is not added: the result is x Wᵀ + b."""

    def forward(self, x):
        return x @ self.W.T


@mistake("modules.Linear")
class GraphCut(_Linear):
    """No gradient reaches W and b: leave out detach and data."""

    def forward(self, x):
        return x @ self.W.data.T + self.b.data


@mistake("modules.Add")
class AddsAFloat(nn.Module):
    """An integer input comes back as floats: keep the value as it is given, without float()."""

    def __init__(self, value):
        super().__init__()
        self.value = float(value)

    def forward(self, x):
        return x + self.value


@mistake("modules.Add")
class AddsInPlace(_Add):
    """The caller's tensor is changed: x += value works in place, x + value does not."""

    def forward(self, x):
        return x.detach().add_(self.value) if x.is_floating_point() else x.add_(self.value)


@mistake("modules.Add")
class AddsMoreEachTime(_Add):
    """The module remembers what it added: calling it twice must give the same result twice."""

    def forward(self, x):
        self.value = self.value + 1
        return x + self.value - 1


@mistake("modules.Add")
class NoModule:
    """Add must be an nn.Module, or no container can hold it: class Add(nn.Module)."""

    def __init__(self, value):
        self.value = value

    def __call__(self, x):
        return x + self.value


@mistake("modules.sequential_calculator")
def numbered_children():
    """The children are called 0, 1 and 2: give them the names plus1, plus2 and plus3, with an OrderedDict or
    add_module."""
    return nn.Sequential(_Add(3), _Add(2), _Add(5))


@mistake("modules.sequential_calculator")
def numbers_in_another_order():
    """plus1 adds 3, plus2 adds 2 and plus3 adds 5: only your sum is right."""
    calculator = nn.Sequential()
    for name, value in (("plus1", 2), ("plus2", 3), ("plus3", 5)):
        calculator.add_module(name, _Add(value))
    return calculator


@mistake("modules.sequential_calculator")
def children_in_another_order():
    """A Sequential applies its children in the order in which they were added: plus1, plus2, plus3."""
    calculator = nn.Sequential()
    for name, value in (("plus3", 5), ("plus2", 2), ("plus1", 3)):
        calculator.add_module(name, _Add(value))
    return calculator


@mistake("modules.sequential_calculator")
def a_sum_at_once():
    """The children are there, but they are not used: an nn.Sequential applies them by itself."""

    class Sum(nn.Sequential):
        def forward(self, x):
            return x + 10

    calculator = Sum()
    for name, value in (("plus1", 3), ("plus2", 2), ("plus3", 5)):
        calculator.add_module(name, _Add(value))
    return calculator


class _ListCalculator(nn.Module):
    order = (1, 0, 2)

    def __init__(self):
        super().__init__()
        self.add_list = nn.ModuleList([_Add(2), _Add(3), _Add(5)])

    def forward(self, x):
        for number in self.order:
            x = self.add_list[number](x)
        return x


@mistake("modules.ListCalculator")
class PythonList(_ListCalculator):
    """add_list is a Python list, so the modules in it are not registered: use nn.ModuleList."""

    def __init__(self):
        nn.Module.__init__(self)
        self.add_list = [_Add(2), _Add(3), _Add(5)]


@mistake("modules.ListCalculator")
class InListOrder(_ListCalculator):
    """The modules are applied in the order 0, 1, 2: apply number 1 first, then 0, then 2."""

    order = (0, 1, 2)


@mistake("modules.ListCalculator")
class SortedForUse(_ListCalculator):
    """add_list holds the modules in the order in which they are applied: it holds Add(2), Add(3), Add(5), and forward
    picks 1, 0, 2."""

    order = (0, 1, 2)

    def __init__(self):
        nn.Module.__init__(self)
        self.add_list = nn.ModuleList([_Add(3), _Add(2), _Add(5)])


@mistake("modules.ListCalculator")
class ListSummedUp(_ListCalculator):
    """forward adds 10 without using the modules: if one of add_list is replaced, the result must change."""

    def forward(self, x):
        return x + 10


class _DictCalculator(nn.Module):
    order = ("add3", "add2", "add5")

    def __init__(self):
        super().__init__()
        self.add_dict = nn.ModuleDict({"add2": _Add(2), "add3": _Add(3), "add5": _Add(5)})

    def forward(self, x):
        for name in self.order:
            x = self.add_dict[name](x)
        return x


@mistake("modules.DictCalculator")
class PythonDict(_DictCalculator):
    """add_dict is a Python dict, so the modules in it are not registered: use nn.ModuleDict."""

    def __init__(self):
        nn.Module.__init__(self)
        self.add_dict = {"add2": _Add(2), "add3": _Add(3), "add5": _Add(5)}


@mistake("modules.DictCalculator")
class InKeyOrder(_DictCalculator):
    """The modules are applied in the order of the keys: apply add3, then add2, then add5."""

    order = ("add2", "add3", "add5")


@mistake("modules.DictCalculator")
class KeysExchanged(_DictCalculator):
    """add2 adds 3 and add3 adds 2: each key names what its module adds."""

    order = ("add2", "add3", "add5")

    def __init__(self):
        nn.Module.__init__(self)
        self.add_dict = nn.ModuleDict({"add2": _Add(3), "add3": _Add(2), "add5": _Add(5)})


@mistake("modules.DictCalculator")
class DictSummedUp(_DictCalculator):
    """forward adds 10 without using the modules: if one of add_dict is replaced, the result must change."""

    def forward(self, x):
        return x + 10


class _Calculator(nn.Module):
    def __init__(self, cal_type):
        super().__init__()
        self.cal_type = cal_type


@mistake("modules.Calculator")
class EverythingElseSubtracts(_Calculator):
    """Every word but "add" subtracts: a word that is neither "add" nor "sub" raises ValueError."""

    def forward(self, x):
        return x + 3 if self.cal_type == "add" else x - 3


@mistake("modules.Calculator")
class KeyErrorRaised(_Calculator):
    """An unknown word raises KeyError: it must be ValueError, with the word in the message."""

    def forward(self, x):
        return x + {"add": 3, "sub": -3}[self.cal_type]


@mistake("modules.Calculator")
class NamelessError(_Calculator):
    """The message of the ValueError does not say which word was wrong: put the word into it."""

    def forward(self, x):
        if self.cal_type not in ("add", "sub"):
            raise ValueError("unknown type of calculator")
        return x + 3 if self.cal_type == "add" else x - 3


@mistake("modules.Calculator")
class PartOfAWord(_Calculator):
    """Words that only begin with "add" or "sub", or differ in case, are other words: compare with ==."""

    def forward(self, x):
        word = self.cal_type.lower()
        if not word.startswith(("add", "sub")):
            raise ValueError(f"unknown word {self.cal_type}")
        return x + 3 if word.startswith("add") else x - 3


@mistake("modules.Calculator")
class NothingForOthers(_Calculator):
    """An unknown word gives None in silence: raise ValueError."""

    def forward(self, x):
        if self.cal_type == "add":
            return x + 3
        if self.cal_type == "sub":
            return x - 3
        return None


class _MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in itertools.pairwise(sizes))
        self.shapes = []

    def forward(self, x):
        self.shapes = []
        for number, layer in enumerate(self.layers):
            x = layer(x)
            self.shapes.append(tuple(x.shape))
            if number + 1 < len(self.layers):
                x = x.relu()
        return x


@mistake("modules.MLP")
class ShapesGrow(_MLP):
    """shapes grows from call to call: begin a new list in each forward."""

    def forward(self, x):
        before = self.shapes
        result = super().forward(x)
        self.shapes = before + self.shapes
        return result


@mistake("modules.MLP")
class ReluAtTheEnd(_MLP):
    """There is a ReLU after the last layer: it belongs between the layers only."""

    def forward(self, x):
        return super().forward(x).relu()


@mistake("modules.MLP")
class WithoutRelu(_MLP):
    """There is no ReLU: layers without anything between them are just one linear layer."""

    def forward(self, x):
        self.shapes = []
        for layer in self.layers:
            x = layer(x)
            self.shapes.append(tuple(x.shape))
        return x


@mistake("modules.MLP")
class LayersInAPythonList(_MLP):
    """layers is a Python list, so the parameters are not registered: use nn.ModuleList."""

    def __init__(self, sizes):
        nn.Module.__init__(self)
        self.layers = [nn.Linear(a, b) for a, b in itertools.pairwise(sizes)]
        self.shapes = []


@mistake("modules.MLP")
class ReluAmongTheLayers(nn.Module):
    """layers holds ReLU modules too: it must hold only the linear layers, and shapes has one entry for each."""

    def __init__(self, sizes):
        super().__init__()
        layers = [part for a, b in itertools.pairwise(sizes) for part in (nn.Linear(a, b), nn.ReLU())]
        self.layers = nn.ModuleList(layers[:-1])
        self.shapes = []

    def forward(self, x):
        self.shapes = []
        for layer in self.layers:
            x = layer(x)
            self.shapes.append(tuple(x.shape))
        return x


@mistake("modules.MLP")
class InputShapeListed(_MLP):
    """shapes begins with the shape of the input: it lists the outputs of the layers only."""

    def forward(self, x):
        result = super().forward(x)
        self.shapes = [tuple(x.shape), *self.shapes]
        return result


def _counts(parameters, buffers):
    return {
        "total": sum(p.numel() for p in parameters),
        "trainable": sum(p.numel() for p in parameters if p.requires_grad),
        "buffers": sum(b.numel() for b in buffers),
    }


@mistake("modules.count_parameters")
def shared_counted_twice(model):
    """A parameter that two modules share is counted twice: model.parameters() gives each one once."""
    parameters = [p for module in model.modules() for p in module._parameters.values() if p is not None]
    return _counts(parameters, list(model.buffers()))


@mistake("modules.count_parameters")
def tensors_counted(model):
    """You count tensors: add up their numbers of elements, numel()."""
    parameters = list(model.parameters())
    trainable = sum(p.requires_grad for p in parameters)
    return {"total": len(parameters), "trainable": trainable, "buffers": len(list(model.buffers()))}


@mistake("modules.count_parameters")
def frozen_ignored(model):
    """trainable counts frozen parameters too: only those with requires_grad are trainable."""
    counts = _counts(list(model.parameters()), list(model.buffers()))
    return counts | {"trainable": counts["total"]}


@mistake("modules.count_parameters")
def saved_buffers_only(model):
    """Buffers that are not persistent are missing: the state_dict does not hold them, model.buffers() does."""
    names = {name for name, _ in model.named_parameters(remove_duplicate=False)}
    kept = {id(tensor): tensor for name, tensor in model.state_dict(keep_vars=True).items() if name not in names}
    return _counts(list(model.parameters()), list(kept.values()))


@mistake("modules.count_parameters")
def buffers_in_the_total(model):
    """total counts the buffers too: they are no parameters."""
    counts = _counts(list(model.parameters()), list(model.buffers()))
    return counts | {"total": counts["total"] + counts["buffers"]}


@mistake("modules.submodule_names")
def root_included(model, deep):
    """The first name is the empty one of the model itself: leave it out."""
    return [name for name, _ in (model.named_modules() if deep else model.named_children())]


@mistake("modules.submodule_names")
def always_deep(model, deep):
    """Without deep, only the direct children are asked for: named_children."""
    return [name for name, _ in model.named_modules() if name]


@mistake("modules.submodule_names")
def shared_listed_twice(model, deep):
    """A module that is there twice is listed twice: it comes once, under its first name."""
    if not deep:
        return [name for name, _ in model.named_children()]
    return [name for name, _ in model.named_modules(remove_duplicate=False) if name]


@mistake("modules.submodule_names")
def sorted_names(model, deep):
    """The names are sorted: they stand in the order of named_modules, each module before what is in it."""
    return sorted(name for name, _ in (model.named_modules() if deep else model.named_children()) if name)


@mistake("modules.submodule_names")
def last_part_only(model, deep):
    """Names of deeper modules have dots, as in "encoder.fc": do not cut them."""
    names = [name for name, _ in (model.named_modules() if deep else model.named_children()) if name]
    return [name.rpartition(".")[2] for name in names]


@mistake("modules.get_submodule_at")
def empty_path_fails(model, path):
    """The path "" is the model itself: "".split(".") is a list with one empty name."""
    for name in path.split("."):
        model = getattr(model, name)
        is_module = isinstance(model, nn.Module)
        if not is_module:
            raise AttributeError(f"{name} is no module")
    return model


@mistake("modules.get_submodule_at")
def parameters_returned(model, path):
    """A path that ends at a parameter or another attribute returns that: check that it is an nn.Module."""
    for name in path.split(".") if path else []:
        model = getattr(model, name)
    return model


@mistake("modules.get_submodule_at")
def key_error(model, path):
    """A missing name raises KeyError: it must be AttributeError, with the name in its message."""
    return dict(model.named_modules(remove_duplicate=False))[path]


@mistake("modules.get_submodule_at")
def name_not_told(model, path):
    """The message of the AttributeError does not say which name is missing."""
    modules = dict(model.named_modules(remove_duplicate=False))
    if path not in modules:
        raise AttributeError("no such module")
    return modules[path]


@mistake("modules.get_submodule_at")
def first_name_only(model, path):
    """Only the first name of the path is followed: go on, name by name."""
    name = path.split(".")[0]
    found = getattr(model, name, None) if name else model
    is_module = isinstance(found, nn.Module)
    if not is_module:
        raise AttributeError(f"no module {path!r}")
    return found


@mistake("modules.LazyScale")
class MadeAnew(nn.Module):
    """The scale is made anew at every call, so what was learned is lost: make it only at the first call."""

    def forward(self, x):
        self.scale = nn.Parameter(torch.ones(x.shape[-1], dtype=x.dtype))
        return x * self.scale


class _Lazy(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = None

    def make(self, x):
        return nn.Parameter(torch.ones(x.shape[-1], dtype=x.dtype))

    def forward(self, x):
        if self.scale is None:
            self.scale = self.make(x)
        if self.scale.shape[-1] != x.shape[-1]:
            raise ValueError("another number of features")
        return x * self.scale


@mistake("modules.LazyScale")
class AnyWidth(_Lazy):
    """An input of one feature, or after a first input of one feature any other, is broadcast in silence: compare the
    number of features and raise an error."""

    def forward(self, x):
        if self.scale is None:
            self.scale = self.make(x)
        return x * self.scale


@mistake("modules.LazyScale")
class RemadeForAnotherWidth(_Lazy):
    """An input of another width gets a new scale: it must raise an error, and what was learned stays."""

    def forward(self, x):
        if self.scale is None or self.scale.shape[-1] != x.shape[-1]:
            self.scale = self.make(x)
        return x * self.scale


@mistake("modules.LazyScale")
class OneForAll(nn.Module):
    """There is one scale for all features: one for each is asked for."""

    def __init__(self):
        super().__init__()
        self.scale = None

    def forward(self, x):
        if self.scale is None:
            self.scale, self.width = nn.Parameter(torch.ones(1, dtype=x.dtype)), x.shape[-1]
        if self.width != x.shape[-1]:
            raise ValueError("another number of features")
        return x * self.scale


@mistake("modules.LazyScale")
class PlainScale(_Lazy):
    """The scale is a plain tensor: it is neither trained nor in the state_dict. Use nn.Parameter."""

    def make(self, x):
        return torch.ones(x.shape[-1], dtype=x.dtype, requires_grad=True)


@mistake("modules.LazyScale")
class FirstDimension(_Lazy):
    """The features are the last dimension, x.shape[-1], and not the first."""

    def make(self, x):
        return nn.Parameter(torch.ones(x.shape[0], dtype=x.dtype))


class _Duck(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("duck", torch.tensor([7.0]))

    def forward(self, x):
        return x * self.duck


class _Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.W1 = nn.Parameter(torch.tensor([3.0]))
        self.W2 = nn.Parameter(torch.tensor([5.0]))
        self.register_buffer("duck", torch.tensor([7.0]))

    def forward(self, x):
        return (x + self.W1) * self.duck / self.W2


@mistake("modules.Scaled")
class ModuleInForward(_Scaled):
    """forward builds a module at every call: it is new each time and appears in no state_dict. Make what you need in
    __init__; here a buffer is enough."""

    def forward(self, x):
        return _Duck().to(x.dtype)(x + self.W1) / self.W2


@mistake("modules.Scaled")
class HoldsAModule(nn.Module):
    """duck belongs to another module that this one holds: register it here."""

    def __init__(self):
        super().__init__()
        self.W1 = nn.Parameter(torch.tensor([3.0]))
        self.W2 = nn.Parameter(torch.tensor([5.0]))
        self.inner = _Duck()

    def forward(self, x):
        return self.inner(x + self.W1) / self.W2


@mistake("modules.Scaled")
class DuckIsAParameter(_Scaled):
    """duck is a parameter, so it would be trained: it is a buffer."""

    def __init__(self):
        super().__init__()
        del self.duck
        self.duck = nn.Parameter(torch.tensor([7.0]))


@mistake("modules.Scaled")
class DuckIsPlain(_Scaled):
    """duck is a plain attribute: it is neither saved nor moved. Use register_buffer."""

    def __init__(self):
        super().__init__()
        del self.duck
        self.duck = torch.tensor([7.0])


@mistake("modules.Scaled")
class OtherPrecedence(_Scaled):
    """The sum comes first: (x + W1) * duck / W2 needs its parentheses."""

    def forward(self, x):
        return x + self.W1 * self.duck / self.W2


@mistake("modules.Scaled")
class NumbersInForward(_Scaled):
    """forward computes with the numbers 3, 7 and 5 in place of the parameters and the buffer: nothing can be learned
    or loaded."""

    def forward(self, x):
        return (x + 3.0) * 7.0 / 5.0


class _Box(nn.Module):
    def __init__(self, width, height):
        super().__init__()
        self.width, self.height = width, height


@mistake("modules.ReprBox")
class OwnRepr(_Box):
    """You override __repr__, and extra_repr still returns nothing: nn.Module prints what extra_repr returns."""

    def __repr__(self):
        return f"{type(self).__name__}(width={self.width}, height={self.height})"


@mistake("modules.ReprBox")
class WholeRepr(_Box):
    """extra_repr returns only what stands between the parentheses: without the name of the class."""

    def extra_repr(self):
        return f"{type(self).__name__}(width={self.width}, height={self.height})"


@mistake("modules.ReprBox")
class Colons(_Box):
    """Each number follows its name and an equals sign: width=3, height=4."""

    def extra_repr(self):
        return f"width: {self.width}, height: {self.height}"


@mistake("modules.ReprBox")
class Exchanged(_Box):
    """Width and height are exchanged."""

    def extra_repr(self):
        return f"width={self.height}, height={self.width}"


@mistake("modules.ReprBox")
class SixDigits(_Box):
    """The format :g keeps six digits: 1234567 becomes 1.23457e+06. Show the numbers as they are."""

    def extra_repr(self):
        return f"width={self.width:g}, height={self.height:g}"


@mistake("modules.LazyScale")
class WrappedInEveryForward(_Lazy):
    """Every forward puts the scale into a new Parameter: an optimizer made before goes on training the old one."""

    def forward(self, x):
        output = super().forward(x)
        self.scale = nn.Parameter(self.scale.detach().clone())
        return output
