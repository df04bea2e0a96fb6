"""Classes of the submission: their members, bases and instances."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.engine.bans.machine import Arguments, Machine
from grader.engine.bans.values import (
    NOTHING,
    PLAIN,
    UNKNOWN,
    UNKNOWN_ATOM,
    Atom,
    BoundMethod,
    ForeignName,
    Func,
    Instance,
    Klass,
    Namespace,
    Super,
    TorchName,
    Value,
    constant,
    join,
)

_Owner = Instance | Klass | Super


def ancestors(machine: Machine, klass: Klass) -> Iterator[Atom]:
    """Yield a class and what it is made from, nearest first: own classes, torch's, others."""
    seen: set[Atom] = set()
    waiting: list[Atom] = [klass]
    while waiting:
        atom = waiting.pop(0)
        if atom in seen:
            continue
        seen.add(atom)
        yield atom
        if isinstance(atom, Klass):
            for base in machine.classes.get(atom.node, ()):
                waiting.extend(base)


def defined(machine: Machine, klass: Klass, name: str) -> Value:
    """What the body of a class, or of its nearest own ancestor that has it, binds a name to."""
    for atom in ancestors(machine, klass):
        if isinstance(atom, Klass):
            found = machine.get("attribute", atom.node, name)
            if found:
                return found
    return NOTHING


def member(machine: Machine, owner: _Owner, name: str, node: ast.AST, called: bool) -> Value:
    """Return what a member of a class, an instance or `super()` may be."""
    klass = owner if isinstance(owner, Klass) else owner.klass
    if name == "__dict__":
        return frozenset({Namespace(owner)})
    if name == "__class__":
        return frozenset({klass})
    found = NOTHING
    if isinstance(owner, Instance):
        for atom in ancestors(machine, klass):
            if isinstance(atom, Klass):
                found |= machine.get("instance", atom.node, name)
    own = _defined_beyond(machine, owner, name) if isinstance(owner, Super) else defined(machine, klass, name)
    found |= _as_seen_from(machine, own, owner, node)
    if own and not isinstance(owner, Super):
        return found
    outside = _outside(machine, klass, name, node, called)
    if found:
        return found
    if isinstance(owner, Instance) and not name.startswith("__"):
        outside |= _from_own_getattr(machine, owner, name, node)
    return outside | (NOTHING if isinstance(owner, Super) else machine.missing())


def _from_own_getattr(machine: Machine, owner: Instance, name: str, node: ast.AST) -> Value:
    """What `__getattr__` of the class makes of a name that nothing else has."""
    found = NOTHING
    for hook in ("__getattr__", "__getattribute__"):
        for atom in defined(machine, owner.klass, hook):
            found |= machine.call(frozenset({atom}), Arguments((frozenset({owner}), constant(name))), node)
    return found


def _defined_beyond(machine: Machine, owner: Super, name: str) -> Value:
    """What `super().name` finds among own classes."""
    for atom in ancestors(machine, owner.klass):
        if isinstance(atom, Klass) and atom != owner.klass:
            found = machine.get("attribute", atom.node, name)
            if found:
                return found
    return NOTHING


def _as_seen_from(machine: Machine, value: Value, owner: _Owner, node: ast.AST) -> Value:
    """Bind functions found in a class, and read properties."""
    seen: list[Value] = []
    target: Atom = owner.owner if isinstance(owner, Super) else owner
    for atom in value:
        if not isinstance(atom, Func):
            seen.append(frozenset({atom}))
            continue
        kind = method_kind(machine.nodes[atom.node])
        if kind == "static" or (isinstance(target, Klass) and kind == "plain"):
            seen.append(frozenset({atom}))
        elif kind == "class":
            klass = target.klass if isinstance(target, Instance) else target
            seen.append(frozenset({BoundMethod(atom, klass)}))
        elif kind == "property" and isinstance(target, Instance):
            seen.append(machine.call(frozenset({atom}), Arguments((frozenset({target}),)), node))
        else:
            seen.append(frozenset({BoundMethod(atom, target)}))
    return join(seen)


def method_kind(node: ast.AST) -> str:
    """Whether a function in a class is `plain`, `static`, `class` or a `property`, by its decorators."""
    for decorator in getattr(node, "decorator_list", ()):
        name = decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")
        if name == "staticmethod":
            return "static"
        if name == "classmethod":
            return "class"
        if name in ("property", "cached_property", "setter", "getter"):
            return "property"
    name = getattr(node, "name", "")
    return "class" if name in ("__init_subclass__", "__class_getitem__") else "plain"


def _outside(machine: Machine, klass: Klass, name: str, node: ast.AST, called: bool) -> Value:
    """A member that only ancestors from elsewhere may have."""
    found = NOTHING
    for atom in ancestors(machine, klass):
        if isinstance(atom, TorchName):
            come_alive(machine, klass)  # `Function.apply` and the like call the methods of the class
            machine.refer(f"{atom.path}.{name}", node, called)
            found |= UNKNOWN if name != "training" else PLAIN
        elif atom == UNKNOWN_ATOM:
            machine.refer(f"?.{name}", node, called)
            found |= UNKNOWN
    return found


def come_alive(machine: Machine, klass: Klass) -> Instance:
    """Note that a class has an instance: its special methods, and those its bases call, may run."""
    instance = Instance(klass)
    if klass not in machine.live:
        machine.live[klass] = None
        machine.pending[instance] = None
    return instance


def has_outside_base(machine: Machine, klass: Klass) -> bool:
    """Whether a class is made from one that may call its methods: torch's, or one that is not known."""
    builtin = ForeignName("builtins.object")
    return any(not isinstance(atom, Klass) and atom != builtin for atom in ancestors(machine, klass))


_CALLED_BY_BASES = frozenset(
    """
    forward backward setup_context jvp vmap extra_repr reset_parameters initialize_parameters step closure
    state_dict load_state_dict train eval set_epoch sampler collate transform inverse
    """.split()  # noqa: SIM905 - a list of 20 quoted words reads worse
)


def called_by_bases(machine: Machine, klass: Klass, name: str) -> bool:
    """Whether what a class is made from may call its method of this name."""
    if name in ("__getattr__", "__getattribute__"):
        return False  # called where a name is missing, with that name
    if name.startswith("__") and name.endswith("__"):
        return True
    if name in _CALLED_BY_BASES:
        return has_outside_base(machine, klass)
    return UNKNOWN_ATOM in ancestors(machine, klass)


def methods_of_live(machine: Machine, name: str) -> Value:
    """The method of that name of every class that has an instance: what an unknown receiver may be."""
    found: list[Value] = []
    for klass in list(machine.live):
        own = frozenset(atom for atom in defined(machine, klass, name) if isinstance(atom, Func))
        if own:
            found.append(_as_seen_from(machine, own, Instance(klass), machine.nodes[klass.node]))
    return join(found)


def methods(machine: Machine, klass: Klass) -> Iterator[tuple[str, Func]]:
    """Yield the methods of a class and its own ancestors, by name."""
    for atom in ancestors(machine, klass):
        if isinstance(atom, Klass):
            for name in sorted(machine.source.locals_of(machine.nodes[atom.node]).bound):
                for found in machine.get("attribute", atom.node, name):
                    if isinstance(found, Func):
                        yield name, found
