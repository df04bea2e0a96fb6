"""What calls of Python's own functions give: builtins, operator, functools, itertools, copy, importlib, numpy."""

from __future__ import annotations

import ast
from collections.abc import Callable

from grader.engine.bans import escapes, folding, reflection
from grader.engine.bans.containers import (
    held_in,
    item_of,
    items_of,
    make_box,
    make_tuple,
)
from grader.engine.bans.machine import Arguments, Machine
from grader.engine.bans.values import (
    NOTHING,
    PLAIN,
    STRANGE,
    UNKNOWN,
    Atom,
    BoundMethod,
    Const,
    Container,
    ForeignName,
    Func,
    Getter,
    Instance,
    Klass,
    Partial,
    Record,
    Super,
    TorchName,
    Tup,
    Value,
    constant,
    is_literal,
    join,
    may_be_tensor,
    strings,
)

_Handler = Callable[[Machine, Arguments, ast.AST], Value]

_PLAIN_ROOTS = frozenset(
    {"numpy", "math", "cmath", "random", "statistics", "string", "re", "os", "pathlib", "csv", "PIL"}
)


def call(machine: Machine, path: str, args: Arguments, node: ast.AST) -> Value:
    """Return what a call of a function from elsewhere may give."""
    handler = _HANDLERS.get(path)
    if handler is not None:
        return handler(machine, args, node)
    kept, machine.kept = machine.kept, machine.kept and escapes.is_kept(path)
    given = _call_given(machine, args, node)
    if machine.wide and not machine.kept:
        given = NOTHING
    machine.kept = kept
    escapes.call_stored(machine, path, node)
    if path.partition(".")[0] in _PLAIN_ROOTS or path in _PLAIN_BUILTINS:
        literal = bool(args.every()) and all(is_literal(value) for value in args.every())
        return STRANGE if literal and path in _PLAIN_BUILTINS else PLAIN | given
    if any(may_be_tensor(value) for value in args.every()):
        return UNKNOWN | given
    literal = all(is_literal(value) for value in args.every())
    return given | (STRANGE if literal else PLAIN)


def _call_given(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    """Call the functions that are passed to a library; they may come back (decorators)."""
    given = NOTHING
    for value in args.every():
        for atom in value:
            if isinstance(atom, Func | Partial | Klass | Getter):
                given |= frozenset({atom})
                machine.hand_over(atom, node)
            elif isinstance(atom, BoundMethod) or (machine.wide and isinstance(atom, Instance)):
                machine.hand_over(atom, node)
    return given


_PLAIN_BUILTINS = frozenset(
    f"builtins.{name}"
    for name in (
        *("len", "int", "float", "bool", "str", "repr", "bytes", "bytearray", "complex", "id", "hash", "ord", "hex"),
        *("bin", "oct", "format", "ascii", "isinstance", "issubclass", "callable", "hasattr", "any", "all", "print"),
        *("range", "divmod", "slice", "dir", "open", "input", "delattr"),
    )
)


def _partial(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    keywords = tuple(sorted(args.keywords.items()))
    return frozenset({Partial(args.first(), args.positional[1:], keywords)})


def _container(kind: str) -> _Handler:
    def make(machine: Machine, args: Arguments, node: ast.AST) -> Value:
        if kind == "dict":
            held = [held_in(machine, value, node) for value in args.positional]
            pairs = [item for value in held for atom in value if isinstance(atom, Tup) for item in atom.items[1:]]
            keys = [items_of(machine, value, node) for value in args.positional]
            return make_box(machine, kind, node, join([*held, *pairs, *args.keywords.values()]), join([*keys, PLAIN]))
        return make_box(machine, kind, node, items_of(machine, args.first(), node))

    return make


def _map(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    items = tuple(items_of(machine, value, node) for value in args.positional[1:])
    return make_box(machine, "iterator", node, machine.call(args.first(), Arguments(items), node))


def _filter(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    items = items_of(machine, args.positional[1], node) if len(args.positional) > 1 else UNKNOWN
    machine.call(args.first(), Arguments((items,)), node)
    return make_box(machine, "iterator", node, items)


def _sorted(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    items = items_of(machine, args.first(), node)
    if "key" in args.keywords:
        machine.call(args.keywords["key"], Arguments((items,)), node)
    return make_box(machine, "list", node, items)


def _extreme(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    one = len(args.positional) == 1
    items = items_of(machine, args.first(), node) if one else join(args.positional)
    if "key" in args.keywords:
        machine.call(args.keywords["key"], Arguments((items,)), node)
    return items | args.keywords.get("default", NOTHING)


def _sum(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    return join([items_of(machine, args.first(), node), *args.positional[1:], PLAIN])


def _reduce(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    items = items_of(machine, args.positional[1], node) if len(args.positional) > 1 else UNKNOWN
    start = join([items, *args.positional[2:]])
    once = machine.call(args.first(), Arguments((start, items)), node)
    return start | once | machine.call(args.first(), Arguments((start | once, items)), node)


def _enumerate(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    pair = make_tuple(machine, (PLAIN, items_of(machine, args.first(), node)), node)
    return make_box(machine, "iterator", node, pair)


def _zip(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    items = [items_of(machine, value, node) for value in args.positional]
    if args.rest:
        return make_box(machine, "iterator", node, make_box(machine, "iterator", node, join([*items, args.rest])))
    return make_box(machine, "iterator", node, make_tuple(machine, tuple(items), node))


def _same(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    return args.first()


def _items(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    return make_box(machine, "iterator", node, join(items_of(machine, value, node) for value in args.every()))


def _next(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    return join([items_of(machine, args.first(), node), *args.positional[1:]])


def _type(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    if len(args.positional) == 3:
        return UNKNOWN
    return frozenset(_type_of(atom) for atom in args.first())


def _type_of(atom: Atom) -> Atom:
    if isinstance(atom, Instance):
        return atom.klass
    if isinstance(atom, Const | Tup | Container):
        return ForeignName("builtins.object")
    return atom


def _super(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    found: set[Atom] = set()
    for atom in args.positional[1] if len(args.positional) > 1 else NOTHING:
        for klass in args.first():
            if isinstance(klass, Klass):
                found.add(Super(klass, atom))
    return frozenset(found) or UNKNOWN


def _chr(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    numbers = [atom.value for atom in args.first() if isinstance(atom, Const) and isinstance(atom.value, int)]
    if len(numbers) == len(args.first()):
        return join(folding.fold_character(number) for number in numbers)
    return STRANGE if is_literal(args.first()) else PLAIN


def _getitem(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    if len(args.positional) < 2:
        return UNKNOWN
    return item_of(machine, args.positional[0], args.positional[1], node, False)


def _call_first(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    return machine.call(args.first(), Arguments(args.positional[1:], args.keywords, args.rest), node)


def _starmap(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    rows = items_of(machine, args.positional[1], node) if len(args.positional) > 1 else UNKNOWN
    result = [
        machine.call(args.first(), Arguments(atom.items) if isinstance(atom, Tup) else Arguments(rest=UNKNOWN), node)
        for atom in rows
    ]
    return make_box(machine, "iterator", node, join(result))


def _namedtuple(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    fields = args.positional[1] if len(args.positional) > 1 else NOTHING
    words = strings(fields)
    if words:
        names = [name for word in words for name in word[:2000].replace(",", " ").split()]
    else:
        items = [atom for value in _tuple_items(fields) or (items_of(machine, fields, node),) for atom in value]
        names = [atom.value for atom in items if isinstance(atom, Const) and isinstance(atom.value, str)]
    machine.nodes[id(node)] = node
    return frozenset({Record(id(node), tuple(names))}) if names else UNKNOWN


def _tuple_items(value: Value) -> tuple[Value, ...]:
    return next((atom.items for atom in value if isinstance(atom, Tup)), ())


def _decorator(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    """A decorator that gives back what it was given; called with anything else first, it gives a decorator."""
    given = frozenset(atom for atom in args.first() if isinstance(atom, Func | Klass | TorchName | Partial))
    return given or _KEEPS


def _wraps(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    return _KEEPS


_KEEPS: Value = frozenset({ForeignName("functools.cache")})


def _string(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    words = strings(args.first())
    if words:
        return join(constant(word) for word in words)
    return STRANGE if args.first() and is_literal(args.first()) else PLAIN


_HANDLERS: dict[str, _Handler] = {
    "builtins.getattr": reflection.read_getattr,
    "inspect.getattr_static": reflection.read_getattr,
    "builtins.object.__getattribute__": reflection.read_getattr,
    "builtins.type.__getattribute__": reflection.read_getattr,
    "builtins.setattr": reflection.read_setattr,
    "builtins.object.__setattr__": reflection.read_setattr,
    "builtins.vars": reflection.read_vars,
    "builtins.globals": reflection.read_globals,
    "builtins.locals": reflection.read_globals,
    "builtins.__import__": reflection.read_dunder_import,
    "importlib.import_module": reflection.read_import,
    "importlib.__import__": reflection.read_dunder_import,
    "builtins.list": _container("list"),
    "builtins.tuple": _container("iterator"),
    "builtins.set": _container("set"),
    "builtins.frozenset": _container("set"),
    "builtins.dict": _container("dict"),
    "collections.OrderedDict": _container("dict"),
    "collections.defaultdict": _container("dict"),
    "collections.deque": _container("list"),
    "builtins.map": _map,
    "builtins.filter": _filter,
    "builtins.sorted": _sorted,
    "builtins.max": _extreme,
    "builtins.min": _extreme,
    "builtins.sum": _sum,
    "math.prod": _sum,
    "functools.reduce": _reduce,
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "itertools.zip_longest": _zip,
    "itertools.product": _zip,
    "itertools.chain": _items,
    "itertools.starmap": _starmap,
    "builtins.reversed": _items,
    "builtins.iter": _items,
    "builtins.abs": _same,
    "builtins.round": _same,
    "copy.copy": _same,
    "copy.deepcopy": _same,
    "builtins.next": _next,
    "builtins.type": _type,
    "builtins.super": _super,
    "builtins.chr": _chr,
    "builtins.str": _string,
    "operator.getitem": _getitem,
    "operator.call": _call_first,
    "operator.attrgetter": reflection.read_getter("attrgetter"),
    "operator.methodcaller": reflection.read_getter("methodcaller"),
    "collections.namedtuple": _namedtuple,
    "functools.partial": _partial,
    "functools.partialmethod": _partial,
    "functools.wraps": _wraps,
    "functools.lru_cache": _decorator,
    "functools.cache": _decorator,
    "functools.total_ordering": _decorator,
    "functools.singledispatch": _decorator,
    "dataclasses.dataclass": _decorator,
    "contextlib.contextmanager": _decorator,
    "builtins.staticmethod": _same,
    "builtins.classmethod": _same,
    "builtins.property": _same,
    "functools.cached_property": _same,
    "abc.abstractmethod": _same,
}
