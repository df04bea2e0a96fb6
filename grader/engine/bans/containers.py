"""What containers, strings and namespaces hold and do."""

from __future__ import annotations

import ast

from grader.engine.bans import escapes, folding
from grader.engine.bans.machine import Arguments, Machine
from grader.engine.bans.module import look_up
from grader.engine.bans.values import (
    NOTHING,
    PLAIN,
    PLAIN_ATOM,
    STRANGE,
    STRANGE_ATOM,
    TENSOR,
    TENSOR_ATOM,
    UNKNOWN,
    Atom,
    BuiltinMethod,
    Const,
    Container,
    ForeignName,
    Instance,
    Kind,
    Namespace,
    Record,
    TorchName,
    Tup,
    Value,
    constant,
    is_literal,
    join,
    strings,
)

MOST_NESTING = 4


def make_box(machine: Machine, kind: str, node: ast.AST, held: Value, keys: Value = NOTHING) -> Value:
    """A container made here; it may hold these items and, for a dict, keys."""
    site = id(node)
    machine.nodes[site] = node
    machine.put(held, "held", site)
    if keys:
        machine.put(keys, "keys", site)
    return frozenset({Container(kind, site)})


def make_tuple(machine: Machine, items: tuple[Value, ...], node: ast.AST) -> Value:
    """A tuple of known items, or a container when it nests deeply."""
    if len(items) > 12 or max((_nesting(item) for item in items), default=0) >= MOST_NESTING:
        return make_box(machine, "iterator", node, join(items))
    return frozenset({Tup(items)})


def _nesting(value: Value) -> int:
    inside = [1 + max((_nesting(item) for item in atom.items), default=0) for atom in value if isinstance(atom, Tup)]
    return max(inside, default=0)


def make_record(machine: Machine, record: Record, args: Arguments) -> Value:
    """An instance of a named tuple with these fields."""
    for number, name in enumerate(record.fields):
        given = args.positional[number] if number < len(args.positional) else args.keywords.get(name, args.rest)
        machine.put(given, "field", record.site, name)
    return frozenset({Record(record.site, record.fields, made=True)})


def items_of(machine: Machine, value: Value, node: ast.AST) -> Value:
    """What iterating over a value gives."""
    return join(_items_of_atom(machine, atom, node) for atom in value)


def _items_of_atom(machine: Machine, atom: Atom, node: ast.AST) -> Value:
    if isinstance(atom, Tup):
        return join(atom.items)
    if isinstance(atom, Record):
        return join(machine.get("field", atom.site, name) for name in atom.fields)
    if isinstance(atom, Container):
        return machine.get("keys" if atom.kind == "dict" else "held", atom.site)
    if isinstance(atom, Kind):
        return frozenset({atom})
    if isinstance(atom, Const):
        return STRANGE
    if isinstance(atom, Instance):
        return _items_of_instance(machine, atom, node)
    if isinstance(atom, Namespace | ForeignName):
        return PLAIN
    return UNKNOWN


def _items_of_instance(machine: Machine, atom: Instance, node: ast.AST) -> Value:
    found = NOTHING
    for name in ("__iter__", "__getitem__"):
        method = machine.attribute(frozenset({atom}), name, node, True)
        result = machine.call(method, Arguments((PLAIN,) if name == "__getitem__" else ()), node)
        own = frozenset(item for item in result if not isinstance(item, Instance))
        found |= items_of(machine, own, node) if name == "__iter__" else result
    return found


def item_of(machine: Machine, value: Value, index: Value, node: ast.AST, called: bool) -> Value:
    """What `value[index]` may be."""
    return join(_item_of_atom(machine, atom, index, node, called) for atom in value)


def _item_of_atom(machine: Machine, atom: Atom, index: Value, node: ast.AST, called: bool) -> Value:
    if isinstance(atom, Namespace):
        return member_of(machine, atom, index, node, called)
    if isinstance(atom, Container):
        return machine.get("held", atom.site)
    if isinstance(atom, Tup):
        chosen = [one.value for one in index if isinstance(one, Const) and isinstance(one.value, int)]
        if len(chosen) == len(index) == 1 and -len(atom.items) <= chosen[0] < len(atom.items):
            return atom.items[chosen[0]]
        return join(atom.items)
    if isinstance(atom, Kind):
        return frozenset({atom}) if atom != STRANGE_ATOM or is_literal(index) else PLAIN
    if isinstance(atom, Const):
        return STRANGE if is_literal(index) else PLAIN
    if isinstance(atom, Instance):
        method = machine.attribute(frozenset({atom}), "__getitem__", node, True)
        return machine.call(method, Arguments((index,)), node)
    if isinstance(atom, Record):
        return _items_of_atom(machine, atom, node)
    if isinstance(atom, ForeignName):
        return PLAIN
    return UNKNOWN


def member_of(machine: Machine, names: Namespace, key: Value, node: ast.AST, called: bool) -> Value:
    """What a namespace (`vars(torch)`, `globals()`) holds under a key."""
    words, rest = split_names(key)
    owner = names.of
    found = hidden_member(machine, owner, rest, node) if rest else NOTHING
    if owner is None:
        return found | join(look_up(machine, word) for word in words)
    return found | join(machine.attribute(frozenset({owner}), word, node, called) for word in words)


def split_names(value: Value) -> tuple[list[str], Value]:
    """The names that a value is known to be possibly, and whatever else it may be."""
    words = [atom.value for atom in value if isinstance(atom, Const) and isinstance(atom.value, str)]
    return sorted(words), frozenset(atom for atom in value if not isinstance(atom, Const))


def hidden_member(machine: Machine, owner: Atom | None, name: Value, node: ast.AST) -> Value:
    """A member whose name is computed: note it where it may be one of torch's."""
    if owner is None:
        machine.hides("globals() with a computed name", node)
    elif isinstance(owner, TorchName) or (_may_have_members(owner) and not _is_data(name)):
        machine.hides("getattr with a computed name", node)
    if owner == TENSOR_ATOM:
        return TENSOR
    return UNKNOWN


def _may_have_members(owner: Atom) -> bool:
    return isinstance(owner, Kind) and owner not in (PLAIN_ATOM, STRANGE_ATOM)


def _is_data(name: Value) -> bool:
    """Whether a name comes from the arguments (a dotted path, a list of names): that is data, not a disguise."""
    return STRANGE_ATOM not in name


def store_item(machine: Machine, owner: Value, key: Value, value: Value) -> None:
    """`owner[key] = value`."""
    for atom in owner:
        if isinstance(atom, Container):
            machine.put(value, "held", atom.site)
            if atom.kind == "dict":
                machine.put(key, "keys", atom.site)
        elif isinstance(atom, Namespace) and isinstance(atom.of, TorchName):
            for word in strings(key) or ():
                machine.put(value, "patch", word)
        elif isinstance(atom, Namespace) and isinstance(atom.of, ForeignName):
            for word in strings(key) or ():
                escapes.store(machine, atom.of, word, value)


def call_member(machine: Machine, member: BuiltinMethod, args: Arguments, node: ast.AST) -> Value:
    """Call a method of a container, a string or a namespace."""
    owner = member.owner
    if isinstance(owner, Namespace) or member.name in ("__getattribute__", "__getattr__"):
        return _call_namespace(machine, member, args, node)
    if isinstance(owner, Const):
        return _call_constant(machine, owner, member.name, args, node)
    if isinstance(owner, Container):
        return _call_box(machine, owner, member.name, args, node)
    if isinstance(owner, Tup):
        return frozenset({owner}) if member.name in ("__add__", "__mul__") else PLAIN
    return UNKNOWN


def _call_namespace(machine: Machine, member: BuiltinMethod, args: Arguments, node: ast.AST) -> Value:
    names = member.owner if isinstance(member.owner, Namespace) else Namespace(member.owner)
    if member.name in ("get", "__getitem__", "pop", "setdefault", "__getattribute__", "__getattr__"):
        fallback = args.positional[1] if len(args.positional) > 1 else NOTHING
        return member_of(machine, names, args.first(), node, False) | fallback
    if member.name in ("values", "items"):
        return hidden_member(machine, names.of, STRANGE, node)
    for word, value in args.keywords.items() if member.name == "update" else ():
        store_item(machine, frozenset({names}), constant(word), value)
    return PLAIN


_BOX_GIVES: dict[str, str] = {
    "pop": "held",
    "popleft": "held",
    "get": "held",
    "setdefault": "held",
    "popitem": "pair",
    "__getitem__": "held",
    "__next__": "held",
    "values": "values",
    "keys": "keys",
    "items": "pairs",
    "copy": "same",
    "__iter__": "same",
    "union": "same",
    "__add__": "same",
}


def _call_box(machine: Machine, box: Container, name: str, args: Arguments, node: ast.AST) -> Value:
    for extra in args.every():
        if name in ("append", "appendleft", "add", "insert", "setdefault", "__setitem__"):
            machine.put(extra, "held", box.site)
        elif name in ("extend", "update", "extendleft", "union", "__iadd__"):
            machine.put(held_in(machine, extra, node), "held", box.site)
        elif name == "sort":
            machine.call(extra, Arguments((machine.get("held", box.site),)), node)
    if box.kind == "dict" and name in ("setdefault", "__setitem__"):
        machine.put(args.first(), "keys", box.site)
    held, keys = machine.get("held", box.site), machine.get("keys", box.site)
    gives = _BOX_GIVES.get(name, "")
    if gives == "same":
        return frozenset({box})
    if gives == "held":
        return held | (args.positional[1] if len(args.positional) > 1 and name in ("get", "pop") else NOTHING)
    if gives in ("values", "keys"):
        return make_box(machine, "iterator", node, held if gives == "values" else keys)
    if gives in ("pair", "pairs"):
        pair = make_tuple(machine, (keys, held), node)
        return pair if gives == "pair" else make_box(machine, "iterator", node, pair)
    return PLAIN


def held_in(machine: Machine, value: Value, node: ast.AST) -> Value:
    """What a container holds: a dict's values, another's items."""
    found = [
        machine.get("held", atom.site) if isinstance(atom, Container) else _items_of_atom(machine, atom, node)
        for atom in value
    ]
    return join(found)


def _call_constant(machine: Machine, owner: Const, name: str, args: Arguments, node: ast.AST) -> Value:
    text = owner.value
    if isinstance(text, str) and name == "join":
        return _joined(machine, text, args.first())
    if isinstance(text, str) and name in folding.FOLDED:
        words = [strings(value) for value in args.positional]
        if not args.keywords and not args.rest and all(word is not None and len(word) == 1 for word in words):
            return folding.fold(name, text, *[word[0] for word in words if word])
    if name in ("split", "rsplit", "splitlines", "partition"):
        return make_box(machine, "list", node, _pieces(text, name, args))
    return STRANGE if all(is_literal(value) for value in args.every()) else PLAIN


def _joined(machine: Machine, separator: str, parts: Value) -> Value:
    if len(parts) == 1:
        (atom,) = parts
        if isinstance(atom, Tup):
            words = [strings(item) for item in atom.items]
            if all(word is not None and len(word) == 1 for word in words):
                return folding.fold_joined(separator, [word[0] for word in words if word])
            return STRANGE if all(is_literal(item) for item in atom.items) else PLAIN
        if isinstance(atom, Container):
            held = machine.get("held", atom.site)
            for one in machine.get("literal", atom.site):
                if isinstance(one, Tup) and held == join(one.items):  # a list of literals, and nothing put in later
                    return _joined(machine, separator, frozenset({one}))
            return STRANGE if is_literal(held) else PLAIN
    return STRANGE if is_literal(parts) else PLAIN


def _pieces(text: object, name: str, args: Arguments) -> Value:
    words = [strings(value) for value in args.positional]
    if args.keywords or not all(word is not None and len(word) == 1 for word in words):
        return STRANGE
    found = folding.pieces(text, name, [word[0] for word in words if word])
    return STRANGE if found is None else join(constant(piece) for piece in found)
