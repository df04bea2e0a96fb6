"""Modules as plain data: nested descriptions that `build` turns into an `nn.Module` on both sides."""

from __future__ import annotations

import dataclasses
from typing import Any

from grader.authoring.strategies.context import DrawContext
from grader.authoring.strategies.convert import to_value
from grader.authoring.strategies.elements import check_dtype, draw_dtype
from grader.authoring.strategies.shapes import draw_shape, evaluate, names_in, tokens
from grader.records.errors import AuthorError
from grader.records.values import Value

Node = dict[str, Any]
Shape = tuple[int, ...]

_LEAVES = {
    1: ("Linear", "ReLU", "BatchNorm1d", "Dropout", "Tanh", "Identity", "LayerNorm"),
    3: ("Conv2d", "ReLU", "BatchNorm2d", "Dropout", "Tanh", "Identity"),
}
_USUAL = {1: ("Linear", "ReLU", "BatchNorm1d", "Dropout"), 3: ("Conv2d", "ReLU", "BatchNorm2d", "Dropout")}
_CONTAINERS = ("Sequential", "Block", "BlockOfList", "BlockOfDict")
_NAMES = ("first", "act", "body", "head", "fc", "last", "extra", "more")
_WITH_PARAMETERS = ("Linear", "Conv2d", "BatchNorm1d", "BatchNorm2d", "LayerNorm")
_WIDTHS = (2, 3, 1, 4)
_RANDOM_SIZE = (1, 4)


@dataclasses.dataclass(frozen=True)
class Modules:
    """See `modules`."""

    inputs: str
    outputs: str | None
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    layers: tuple[int, int]
    depth: int
    shared: bool
    frozen: bool
    subclasses: bool
    modes: bool
    dtype: str

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn, where the author wrote it."""
        rank = len(tokens(self.inputs))
        if rank not in _LEAVES:
            raise AuthorError(
                f'modules("{self.inputs}") takes inputs of {rank} dimensions', hint='Name one ("d") or three ("c h w").'
            )
        for kind in self.kinds:
            if kind not in _LEAVES[rank]:
                raise AuthorError(f"modules: no layer {kind!r} fits", hint=f"Use some of {', '.join(_LEAVES[rank])}.")
        if not 0 <= self.layers[0] <= self.layers[1] or self.layers[1] < 1:
            raise AuthorError(
                f"modules: layers={self.layers}", hint="Give the least and greatest number: layers=(1, 4)."
            )

    def size_bounds(self) -> dict[str, tuple[int, int]]:
        """Return bounds for the sizes of the inputs: a layer needs at least one feature."""
        words = (*tokens(self.inputs), *((self.outputs,) if self.outputs else ()))
        return {name: _RANDOM_SIZE for word in words for name in names_in(word)}

    def draw(self, context: DrawContext) -> Value:
        """Draw the sizes, then layer by layer."""
        shape = draw_shape(self.inputs, context, _RANDOM_SIZE)
        tree = _Tree(self, context)
        children, shape = tree.sequence(shape, self.depth)
        if self.outputs is not None:
            children += tree.head(shape, evaluate(self.outputs, context, _RANDOM_SIZE))
        root: Node = {"kind": context.pick("root", ("Sequential", "Block")), "children": tree.named(children)}
        if self.modes:
            tree.mode(root)
        root["dtype"] = draw_dtype(self.dtype, context)
        root["seed"] = context.pick("weights", range(1 << 16))
        return to_value(root)


@dataclasses.dataclass
class _Tree:
    """The state while one description is drawn: which nodes can be used a second time, and where."""

    options: Modules
    context: DrawContext
    reusable: list[tuple[Node, Shape, Shape]] = dataclasses.field(default_factory=list)
    ids: int = 0

    def sequence(self, shape: Shape, depth: int) -> tuple[list[Node], Shape]:
        """Draw layers that follow each other; return them with the shape that leaves the last."""
        low, high = self.options.layers
        nodes: list[Node] = []
        for _ in range(self.context.pick("layers", range(low, high + 1))):
            node, shape = self.node(shape, depth)
            nodes.append(node)
        return nodes, shape

    def node(self, shape: Shape, depth: int) -> tuple[Node, Shape]:
        """Draw one layer, one container, or a layer used a second time."""
        again = [entry for entry in self.reusable if entry[1] == shape] if self.options.shared else []
        options = (
            *(self.options.kinds or _USUAL[len(shape)]),
            *self.options.classes,
            *(_CONTAINERS if depth > 0 else ()),
            *(("Shared",) if again else ()),
        )
        kind = self.context.pick("module", options)
        if kind == "Shared":
            original, _, out = again[self.context.pick("of", range(len(again)))]
            return {"kind": "Shared", "of": self._id(original)}, out
        if kind in _CONTAINERS and kind not in self.options.classes:
            return self._container(kind, shape, depth)
        node, out = self._leaf(kind, shape)
        if self.options.modes:
            self.mode(node)
        self.reusable.append((node, shape, out))
        return node, out

    def head(self, shape: Shape, outputs: int) -> list[Node]:
        """Return what ends in so many outputs."""
        width = 1
        for size in shape:
            width *= size
        flat: list[Node] = [{"kind": "Flatten"}] if len(shape) > 1 else []
        return [*flat, {"kind": "Linear", "in_features": width, "out_features": outputs, "bias": True}]

    def named(self, nodes: list[Node]) -> list[list[Any]]:
        """Pair each node with its name in its container: numbers, or words."""
        words = self.context.pick("names", (False, True))
        names = _NAMES if words and len(nodes) <= len(_NAMES) else range(len(nodes))
        return [[str(name), node] for name, node in zip(names, nodes, strict=False)]

    def mode(self, node: Node) -> None:
        """Put a module into evaluation mode by itself, sometimes."""
        if self.context.pick("mode", (False, False, True)):
            node["eval"] = True

    def _container(self, kind: str, shape: Shape, depth: int) -> tuple[Node, Shape]:
        nodes, shape = self.sequence(shape, depth - 1)
        children = self.named(nodes)
        if kind in ("BlockOfList", "BlockOfDict"):
            held = {"kind": f"Module{kind.removeprefix('BlockOf')}", "children": children}
            children = [["layers", held]]
        node: Node = {"kind": kind[:5] if kind.startswith("Block") else kind, "children": children}
        if self.options.modes:
            self.mode(node)
        return node, shape

    def _leaf(self, kind: str, shape: Shape) -> tuple[Node, Shape]:
        pick = self.context.pick
        node: Node = {"kind": kind}
        if kind in self.options.classes:
            return {"kind": "Plain", "class": kind, "attributes": {"features": shape[0]}}, shape
        if kind == "Linear":
            node |= {
                "in_features": shape[0],
                "out_features": pick("width", _WIDTHS),
                "bias": pick("bias", (True, True, False)),
            }
            shape = (node["out_features"],)
        elif kind == "Conv2d":
            node |= {"in_channels": shape[0], "out_channels": pick("width", _WIDTHS[:3])}
            node |= {"kernel_size": pick("kernel", (1, 3)), "bias": pick("bias", (True, True, False))}
            shape = (node["out_channels"], *shape[1:])
        elif kind.startswith("BatchNorm"):
            node |= {"num_features": shape[0], "affine": pick("affine", (True, True, False))}
        elif kind == "LayerNorm":
            node["normalized_shape"] = shape[0]
        elif kind == "Dropout":
            node["p"] = pick("p", (0.5, 0.25, 0.0))
        if kind in _WITH_PARAMETERS and self.options.frozen and pick("frozen", (False, False, False, True)):
            node["frozen"] = True
        if kind in ("Linear", "Conv2d") and self.options.subclasses and pick("subclass", (False, False, True)):
            node["class"] = f"Own{kind}"
        return node, shape

    def _id(self, node: Node) -> int:
        if "id" not in node:
            node["id"] = self.ids
            self.ids += 1
        return int(node["id"])


def modules(
    inputs: str = "d",
    *,
    outputs: str | None = None,
    kinds: tuple[str, ...] = (),
    classes: tuple[str, ...] = (),
    layers: tuple[int, int] = (1, 3),
    depth: int = 2,
    shared: bool = True,
    frozen: bool = True,
    subclasses: bool = True,
    modes: bool = False,
    dtype: object = "float32",
) -> Modules:
    """A module as plain data, for `grader.authoring.vocabulary.build`; it takes batches of `inputs`.

    `inputs` names the sizes of one sample: `"d"` for vectors, `"c h w"` for images, shared with other arguments, so
    that `x=tensors("n d")` is a batch for it. With `outputs`, it ends in a Linear layer of that size.
    `kinds` are the layers to choose from (Linear or Conv2d, ReLU, BatchNorm and Dropout unless given; also Tanh,
    Identity, LayerNorm), `classes` are names of further classes whose instances do nothing and have an int attribute
    `features`. Containers (Sequential, and Block: a class whose attributes are applied in order, possibly inside a
    ModuleList or ModuleDict) are nested up to `depth` deep with `layers` children each. `shared` uses a layer twice,
    `frozen` switches requires_grad off for some layers, `subclasses` makes some layers instances of a subclass such as
    `OwnLinear`, `modes` puts some modules into evaluation mode on their own.

    Raises `AuthorError` for inputs of another rank and for unknown kinds.

    >>> from grader.authoring.strategies import sample
    >>> description = sample(modules("d", outputs="k"), seed=1)
    >>> description["kind"] in ("Sequential", "Block"), description["children"][-1][1]["kind"]
    (True, 'Linear')
    """
    which = tuple(kinds), tuple(classes), layers, depth
    return Modules(inputs, outputs, *which, shared, frozen, subclasses, modes, check_dtype(dtype))
