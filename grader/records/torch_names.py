"""Whether a torch name is covered by a ban or meets a need: one rule for source and trace alike.

A ban names a function, a class, a method of a class, a package, or a pattern:

* `torch.gather`, `torch.nn.functional.one_hot`: the function wherever torch keeps it (`torch.functional`,
  `torch.special`, `torch.ops.aten`, ...), the Tensor method, their in-place, private and copying forms
  (`gather_`, `_softmax`, `diagonal_copy`), and the `nn` class of the same name (`nn.Linear` for `linear`,
  `nn.CrossEntropyLoss` for `cross_entropy`); not the operator: `+` is `torch.Tensor.__add__`, not `torch.add`;
* `torch.nn.Linear`: the class, and its lazy form;
* `torch.nn.Module.apply`: the method of that class and of the classes made from it;
* `torch.autograd`: everything under it, and what belongs to it elsewhere (`Tensor.backward`);
* `torch.*softmax*`: every function and class whose last name matches, capitals ignored.
"""

from __future__ import annotations

import fnmatch
import functools
from typing import Literal

from grader.records.tensor_methods import TENSOR_METHODS

ROOTS = frozenset({"torch", "torchvision", "torchaudio", "functorch"})

_PACKAGES = frozenset(
    {"autograd", "func", "nn", "functional", "optim", "linalg", "special", "fft", "forward_ad", "init"}
)

_ELSEWHERE: dict[str, tuple[str, ...]] = {
    "torch.autograd": ("torch.Tensor.backward", "torch.Tensor.grad", "torch.distributed.autograd"),
    "torch.func": ("functorch", "torch._functorch", "torch.vmap"),
}
"""What belongs to a package though its name lies elsewhere."""

_HARMLESS: dict[str, frozenset[str]] = {
    "torch.autograd": frozenset({"no_grad", "inference_mode", "set_grad_enabled", "grad_mode"}),
}
"""What lies in a package and only switches it off."""

_KIN: dict[str, tuple[str, ...]] = {
    "interpolate": ("upsample", "upsamplingnearest2d", "upsamplingbilinear2d"),
    "dropout": ("nativedropout",),
}
"""Other names of the same function, as `_key` writes them."""

_TENSOR_CLASSES = frozenset({"Tensor", "TensorBase", "_TensorBase", "Parameter", "Buffer", "UninitializedParameter"})

_PLAIN_RESULTS = frozenset({"torch.return_types", "torch.finfo", "torch.iinfo"})

UNKNOWN_OWNER = "?"
"""First part of the path of a member of something that may be a tensor or a module."""


def is_class_name(word: str) -> bool:
    """Whether a last name is written as classes are.

    >>> is_class_name("CrossEntropyLoss"), is_class_name("one_hot"), is_class_name("_VF")
    (True, False, False)
    """
    return word[:1].isupper()


def is_tensor_class(word: str) -> bool:
    """Whether a class name is Tensor's or of a class that is a Tensor.

    >>> is_tensor_class("Parameter"), is_tensor_class("Linear")
    (True, False)
    """
    return word in _TENSOR_CLASSES


def rooted(name: str) -> str:
    """Return a ban's or need's name with its root: `nn.Linear` means `torch.nn.Linear`.

    >>> rooted("nn.Linear"), rooted("torchvision.utils.make_grid")
    ('torch.nn.Linear', 'torchvision.utils.make_grid')
    """
    return name if name.partition(".")[0] in ROOTS else f"torch.{name}"


def covers(ban: str, path: str) -> bool:
    """Whether `path`, a dotted name that a submission uses, is what `ban` means.

    `path` begins with a root (`torch.nn.functional.softmax`) or, for a member of
    something unknown, with `?` (`?.softmax`).

    >>> covers("torch.gather", "torch.Tensor.gather_"), covers("torch.nn.functional.linear", "torch.nn.Linear")
    (True, True)
    >>> covers("torch.autograd", "torch.autograd.functional.vjp"), covers("torch.max", "torch.maximum")
    (True, False)
    """
    return _covers(rooted(ban), path)


@functools.lru_cache(maxsize=65536)
def _covers(ban: str, path: str) -> bool:
    parent, _, last = ban.rpartition(".")
    if path.startswith(f"{UNKNOWN_OWNER}."):
        return _covers_member(ban, path[2:])
    path = _from_last_root(path)
    if last in _PACKAGES:
        return _covers_package(ban, last, path)
    if path == ban or path.startswith(f"{ban}."):
        return True
    if any(path.startswith(plain) for plain in _PLAIN_RESULTS) or _family(ban) != _family(path):
        return False
    owner = parent.rpartition(".")[2]
    if is_class_name(owner) and owner not in _TENSOR_CLASSES:
        return _covers_method(parent, last, path)
    holder = path.rpartition(".")[0].rpartition(".")[2]
    if is_class_name(holder) and holder not in _TENSOR_CLASSES:
        return False  # a member of some other class that happens to have the name
    return _same_name(last, path.rpartition(".")[2])


def is_package(path: str) -> bool:
    """Whether a dotted name is of a package of torch's, as far as its last name tells.

    >>> is_package("torch.nn.functional"), is_package("torch.outer")
    (True, False)
    """
    return path.rpartition(".")[2] in _PACKAGES


def _from_last_root(path: str) -> str:
    """Drop what leads to a root again: `torchvision.models.resnet.torch.max` is `torch.max`."""
    words = path.split(".")
    for position in range(len(words) - 1, 0, -1):
        if words[position] == "torch":
            return ".".join(words[position:])
    return path


def _covers_package(ban: str, last: str, path: str) -> bool:
    if not _HARMLESS.get(ban, frozenset()).isdisjoint(path.split(".")[-2:]):
        return False
    names = (ban, *_ELSEWHERE.get(ban, ()))
    if any(path == name or path.startswith(f"{name}.") for name in names):
        return True
    return last in {"autograd", "forward_ad"} and last in path.split(".")


def _covers_member(ban: str, member: str) -> bool:
    parent, _, last = ban.rpartition(".")
    if last in _PACKAGES:
        return any(name == f"torch.Tensor.{member}" for name in _ELSEWHERE.get(ban, ()))
    owner = parent.rpartition(".")[2]
    if is_class_name(owner) and owner not in _TENSOR_CLASSES:
        return member == last
    return member in TENSOR_METHODS and _same_name(last, member)


def _covers_method(parent: str, last: str, path: str) -> bool:
    """A method of a class, reached through any class that may be made from it."""
    owner, _, member = path.rpartition(".")
    if member != last or not is_class_name(owner.rpartition(".")[2]):
        return False
    if owner.rpartition(".")[2] in _TENSOR_CLASSES:
        return False
    return owner == parent or owner.startswith(("torch.nn.", "torchvision.", "torchaudio."))


def _family(path: str) -> Literal["func", "autograd", "plain"] | str:
    words = path.split(".")
    if words[0] == "functorch" or "_functorch" in words or words[:2] == ["torch", "func"]:
        return "func"
    if "autograd" in words:
        return "autograd"
    return "plain" if words[0] == "torch" else words[0]


def _same_name(banned: str, used: str) -> bool:
    if is_special(used) or is_special(banned):
        return used == banned
    if "*" in banned:
        return fnmatch.fnmatchcase(used.lower(), banned.lower())
    if is_class_name(banned):
        return used.removeprefix("Lazy") == banned
    key = _key(banned)
    return key in (_key(used), _key(used.removesuffix("_copy"))) or _key(used) in _KIN.get(key, ())


def is_special(word: str) -> bool:
    """Whether a last name is that of a special method, which is how Python calls operators.

    >>> is_special("__add__"), is_special("_softmax"), is_special("add_")
    (True, False, False)
    """
    return word.startswith("__") and word.endswith("__")


@functools.lru_cache(maxsize=8192)
def _key(word: str) -> str:
    """One spelling for a function, its in-place and private forms, and its `nn` class."""
    if is_class_name(word):
        return word.removeprefix("Lazy").lower().removesuffix("loss")
    return word.strip("_").removesuffix("_loss").replace("_", "").lower()
