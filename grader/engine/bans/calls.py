"""What a call does and gives."""

from __future__ import annotations

import ast
from collections.abc import Hashable

from grader.engine.bans import classes, escapes, library, reflection
from grader.engine.bans.annotations import annotated
from grader.engine.bans.attributes import note_hidden
from grader.engine.bans.containers import call_member, make_box, make_record
from grader.engine.bans.machine import Arguments, Machine
from grader.engine.bans.values import (
    ANSWER_ATOM,
    NOTHING,
    PLAIN,
    PLAIN_ATOM,
    STRANGE,
    STRANGE_ATOM,
    TENSOR,
    UNKNOWN,
    Atom,
    BoundMethod,
    BuiltinMethod,
    Const,
    Container,
    ForeignName,
    Func,
    Getter,
    Instance,
    Kind,
    Klass,
    Partial,
    Record,
    TorchInstance,
    TorchName,
    Tup,
    Value,
    is_literal,
    join,
)
from grader.records.torch_names import is_class_name

_DEEPEST = 6
"""How often a function may stand on the stack of calls with different arguments."""

_TENSOR_CLASSES = ("torch.Tensor", "torch.nn.Parameter", "torch.nn.parameter.Parameter", "torch.nn.Buffer")

_PLAIN_CALLS = frozenset(
    """
    torch.finfo torch.iinfo torch.Size torch.device torch.Generator torch.is_tensor torch.is_floating_point
    torch.is_complex torch.numel torch.manual_seed torch.seed torch.initial_seed torch.get_default_dtype
    torch.promote_types torch.result_type torch.can_cast torch.broadcast_shapes torch.allclose torch.equal
    torch.is_grad_enabled torch.get_rng_state torch.get_num_threads torch.cuda.is_available
    """.split()  # noqa: SIM905 - a list of 20 quoted words reads worse
)
"""Functions of torch's that give no tensor."""


def call(machine: Machine, func: Value, args: Arguments, node: ast.AST) -> Value:
    """Return what calling a value may give, and read the code that it may run."""
    machine.step()
    note_hidden(machine, func, node, True)
    return join(_call_atom(machine, atom, args, node) for atom in func)


def _call_atom(machine: Machine, atom: Atom, args: Arguments, node: ast.AST) -> Value:
    if isinstance(atom, Func):
        return run(machine, atom, args)
    if isinstance(atom, BoundMethod):
        return run(machine, atom.func, Arguments((frozenset({atom.owner}), *args.positional), args.keywords, args.rest))
    if isinstance(atom, TorchName):
        return _call_torch(machine, atom, args, node)
    if isinstance(atom, ForeignName):
        return library.call(machine, atom.path, args, node)
    if isinstance(atom, Klass):
        return _instantiate(machine, atom, args, node)
    if isinstance(atom, Instance):
        return _call_instance(machine, atom, args, node)
    if isinstance(atom, BuiltinMethod):
        return call_member(machine, atom, args, node)
    if isinstance(atom, Partial):
        keywords = {**dict(atom.keywords), **args.keywords}
        return call(machine, atom.func, Arguments((*atom.args, *args.positional), keywords, args.rest), node)
    if isinstance(atom, Record):
        return make_record(machine, atom, args)
    if isinstance(atom, Getter):
        return reflection.call_getter(machine, atom, args, node)
    return _opaque(machine, atom, args, node)


def _opaque(machine: Machine, atom: Atom, args: Arguments, node: ast.AST) -> Value:
    """A call of something that is not known: it may call what it is given, and may give that back."""
    given = escape(machine, args, node)
    if atom == STRANGE_ATOM or isinstance(atom, Const):
        return given | (STRANGE if all(is_literal(value) for value in args.every()) else PLAIN)
    if atom == PLAIN_ATOM:
        return given | PLAIN
    if atom == ANSWER_ATOM:
        return given | UNKNOWN
    return given | (frozenset({atom}) if isinstance(atom, Kind) else UNKNOWN)


def _call_torch(machine: Machine, atom: TorchName, args: Arguments, node: ast.AST) -> Value:
    machine.refer(atom.path, node, True)
    kept, machine.kept = machine.kept, machine.kept and escapes.is_kept(atom.path)
    given = escape(machine, args, node)
    machine.kept = kept
    if atom.path in _PLAIN_CALLS:
        return given | PLAIN
    last = atom.path.rpartition(".")[2]
    if is_class_name(last):
        tensor = atom.path in _TENSOR_CLASSES or (atom.path.startswith("torch.") and last.endswith("Tensor"))
        return given | (TENSOR if tensor else frozenset({TorchInstance(atom.path)}))
    return given | (TENSOR if atom.path.count(".") == 1 or atom.path.startswith("torch.Tensor.") else UNKNOWN)


def escape(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    """Read the functions of the submission that are passed to somebody else; return them."""
    given = NOTHING
    for value in args.every():
        for atom in _deep(machine, value, 3):
            if isinstance(atom, Func | BoundMethod | Partial | Getter):
                given |= frozenset({atom})
                machine.hand_over(atom, node)
            elif isinstance(atom, Klass):
                given |= frozenset({atom})
                classes.come_alive(machine, atom)
            elif machine.wide and isinstance(atom, Instance):
                machine.hand_over(atom, node)
    return given


def hand_over(machine: Machine, atom: Atom, node: ast.AST) -> None:
    """Read something that is handed to somebody else, who may call it; in a wide reading, that alone is noted."""
    if not machine.wide or not machine.kept:
        call_with_anything(machine, atom, node)
        return
    if atom in machine.handed:
        return
    machine.handed[atom] = None
    quiet, machine.quiet = machine.quiet, 0
    if isinstance(atom, Instance | Klass):
        owner = atom if isinstance(atom, Instance) else classes.come_alive(machine, atom)
        for _, func in list(classes.methods(machine, owner.klass)):
            call_method_with_anything(machine, owner, func)
    else:
        call_with_anything(machine, atom, node)
    machine.quiet = quiet


def _deep(machine: Machine, value: Value, depth: int) -> list[Atom]:
    found: list[Atom] = []
    for atom in value:
        found.append(atom)
        if depth and isinstance(atom, Tup):
            found += [inner for item in atom.items for inner in _deep(machine, item, depth - 1)]
        elif depth and isinstance(atom, Container):
            found += _deep(machine, machine.get("held", atom.site), depth - 1)
    return found


def call_with_anything(machine: Machine, atom: Atom, node: ast.AST) -> Value:
    """Call a callable of the submission as a stranger may: with unknown arguments."""
    if isinstance(atom, Func):
        return run(machine, atom, Arguments(rest=UNKNOWN))
    if isinstance(atom, BoundMethod):
        return run(machine, atom.func, Arguments((frozenset({atom.owner}),), rest=UNKNOWN))
    if isinstance(atom, Klass):
        return _instantiate(machine, atom, Arguments(rest=UNKNOWN), node)
    return _call_atom(machine, atom, Arguments((UNKNOWN,), rest=UNKNOWN), node)


# Functions


def run(machine: Machine, func: Func, args: Arguments) -> Value:
    """Read the body of a function for these arguments; return what it may return."""
    node = machine.nodes[func.node]
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    bound = _bind(machine, node, func, args)
    if machine.coarse:
        bound = _merged(machine, func, bound)
    key: Hashable = (func, () if machine.coarse else tuple(bound.items()), machine.quiet > 0)
    known = machine.memo.get(key)
    if known is not None:
        return known | machine.get("returned", key)
    if sum(1 for other in machine.running if isinstance(other, tuple) and other[0] == func) >= _DEEPEST:
        return UNKNOWN
    machine.memo[key] = NOTHING
    machine.running.append(key)
    frame = machine.frame(key, node, machine.frames[func.frame] if func.frame >= 0 else None)
    frame.returns = NOTHING
    for name, value in bound.items():
        machine.assign(frame, name, value)
    if isinstance(node, ast.Lambda):
        frame.returns = machine.evaluate(node.body, frame)
    else:
        machine.execute(node.body, frame)
    machine.running.pop()
    machine.put(frame.returns, "returned", key)
    machine.memo[key] = frame.returns
    return frame.returns


def _merged(machine: Machine, func: Func, bound: dict[str, Value]) -> dict[str, Value]:
    """What each parameter may be in any call seen so far."""
    for name, value in bound.items():
        machine.put(value, "parameter", func, name)
    return {name: machine.get("parameter", func, name) for name in bound}


_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def _bind(machine: Machine, node: _Function, func: Func, args: Arguments) -> dict[str, Value]:
    """Match arguments to parameters; one that nobody passes takes its default, or is unknown."""
    parameters = node.args
    bound: dict[str, Value] = {}
    left = list(args.positional)
    for parameter in (*parameters.posonlyargs, *parameters.args):
        if left:
            bound[parameter.arg] = left.pop(0)
        else:
            bound[parameter.arg] = _argument(machine, parameter, func, args)
    for parameter in parameters.kwonlyargs:
        bound[parameter.arg] = _argument(machine, parameter, func, args)
    if parameters.vararg:
        bound[parameters.vararg.arg] = make_box(machine, "iterator", parameters.vararg, join([*left, args.rest]))
    if parameters.kwarg:
        extra = join([*(value for name, value in args.keywords.items() if name not in bound), args.rest])
        bound[parameters.kwarg.arg] = make_box(machine, "dict", parameters.kwarg, extra, PLAIN)
    return bound


def _argument(machine: Machine, parameter: ast.arg, func: Func, args: Arguments) -> Value:
    if parameter.arg in args.keywords:
        return args.keywords[parameter.arg]
    default = machine.get("default", func.node, parameter.arg)
    if args.rest:
        return default | (annotated(machine, parameter.annotation) if args.rest == UNKNOWN else args.rest)
    return default or annotated(machine, parameter.annotation)


# Classes and instances


def _instantiate(machine: Machine, klass: Klass, args: Arguments, node: ast.AST) -> Value:
    instance = classes.come_alive(machine, klass)
    value: Value = frozenset({instance})
    for name in ("__new__", "__init__", "__post_init__"):
        for atom in classes.defined(machine, klass, name):
            if isinstance(atom, Func):
                first = frozenset({klass}) if name == "__new__" else value
                passed = Arguments((first, *args.positional), args.keywords, args.rest)
                run(machine, atom, passed if name != "__post_init__" else Arguments((value,)))
    if classes.has_outside_base(machine, klass):
        escape(machine, args, node)
    return value


def _call_instance(machine: Machine, atom: Instance, args: Arguments, node: ast.AST) -> Value:
    found = NOTHING
    for name in ("__call__", "forward"):
        for method in classes.defined(machine, atom.klass, name):
            if isinstance(method, Func):
                passed = Arguments((frozenset({atom}), *args.positional), args.keywords, args.rest)
                found |= run(machine, method, passed)
    return found or _opaque(machine, atom, args, node)


def read_pending(machine: Machine, node: ast.AST) -> None:
    """Read what strangers may call of the classes that came alive: special methods, and what their bases call."""
    while machine.pending:
        target = next(iter(machine.pending))
        del machine.pending[target]
        if not isinstance(target, Instance):
            call_with_anything(machine, target, node)
            continue
        for name, func in list(classes.methods(machine, target.klass)):
            if classes.called_by_bases(machine, target.klass, name):
                call_method_with_anything(machine, target, func)


def call_method_with_anything(machine: Machine, instance: Instance, func: Func) -> None:
    """Call a method, whatever its kind, with unknown arguments."""
    kind = classes.method_kind(machine.nodes[func.node])
    first: Atom = instance.klass if kind == "class" else instance
    passed = () if kind == "static" else (frozenset({first}),)
    run(machine, func, Arguments(passed, rest=UNKNOWN))
