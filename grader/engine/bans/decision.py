"""What to tell a student about bans and needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from grader.engine.bans.findings import (
    COMPREHENSION,
    IN_ITSELF,
    NOT_INSTALLED,
    TOO_INTRICATE,
    BannedUse,
    Broken,
    SourceFindings,
    Unclear,
)
from grader.records.rules import Only, Rules
from grader.records.text.saying import say
from grader.records.torch_names import covers

MOST_TOLD = 3
_NONE = Rules()
_COMPUTED = " with a computed name"


def decide(
    static: SourceFindings,
    traced: Sequence[str],
    bans: Sequence[str],
    needs: Sequence[str],
    rules: Rules = _NONE,
) -> Iterator[tuple[Literal["banned", "needs"], str]]:
    """Yield kind and message of each broken ban, rule or need, the firmest first; nothing when all are kept.

    The source decides. `traced`, the names that the submission was seen to call, can only add a
    finding: it is told by the submission's own process, so it never excuses.

    >>> from grader.engine.bans import analyse, parse
    >>> found = analyse(parse(["def pick(x, i):\\n    return x.gather(0, i)"]), ["pick"], ["torch.gather"])
    >>> for kind, message in decide(found, [], ["torch.gather"], []): print(message)
    line 2 calls x.gather (torch.gather), which this exercise forbids: return x.gather(0, i)
    """
    if static.banned:
        yield "banned", _tell_banned(static)
    elif static.broken:
        yield "banned", _tell_broken(static, rules)
    elif (bans or rules) and static.unclear:
        yield "banned", _tell_unclear(static)
    else:
        watched = [ban for ban in bans if ban not in static.forgiven]
        seen = {name: next((ban for ban in watched if covers(ban, name)), "") for name in sorted(traced)}
        if any(seen.values()):
            yield "banned", _tell_traced([_with_ban(name, ban) for name, ban in seen.items() if ban])
    if needs and not bans and not rules and static.unclear:
        yield "needs", _tell_unclear(static)
    if static.missing_needs:
        yield "needs", _tell_missing(needs)


def tell_handed(static: SourceFindings) -> str:
    """Return what a person should look at: forbidden code that somebody else may call; "" where there is none."""
    for use in static.handed[:1]:
        message = say("{place} names {name}", place=_where(static, use), name=_named(use))
        return say("{what}, in code that others are given to call: {code}", what=message, code=use.text)
    for hidden in static.handed_unclear[:1]:
        message = say("{place} uses {what}", place=_where(static, hidden), what=_what(hidden))
        return say("{what}, in code that others are given to call: {code}", what=message, code=hidden.text)
    return ""


def _where(static: SourceFindings, use: BannedUse | Unclear | Broken) -> str:
    if use.cell < 0:
        return say("line {line} of a module beside it", line=use.line)
    if static.cells <= 1:
        return say("line {line}", line=use.line)
    return say("cell {cell}, line {line}", cell=use.cell + 1, line=use.line)


def _tell_banned(static: SourceFindings) -> str:
    parts = [_tell_use(static, use) for use in static.banned[:MOST_TOLD]]
    more = len(static.banned) - len(parts)
    return "; ".join(parts) + (say("; and {n} more", n=more) if more else "")


def _tell_broken(static: SourceFindings, rules: Rules) -> str:
    parts = [_tell_rule(static, use, rules) for use in static.broken[:MOST_TOLD]]
    more = len(static.broken) - len(parts)
    return "; ".join(parts) + (say("; and {n} more", n=more) if more else "")


def _tell_rule(static: SourceFindings, use: Broken, rules: Rules) -> str:
    place = _where(static, use)
    if use.kind == "lines":
        return say(
            "the answer takes {n} lines of its own, and this exercise allows {most}; one more is {place}: {text}",
            n=use.what,
            most=rules.lines,
            place=place,
            text=use.text,
        )
    if use.kind == "only":
        message = say(
            "{place} uses {name}, and this exercise allows only {allowed}",
            place=place,
            name=use.what,
            allowed=_allowed(rules),
        )
    else:
        message = say("{place} uses {name}, which this exercise forbids", place=place, name=_construct(use.what))
    return f"{message}: {use.text}"


def _construct(what: str) -> str:
    """Return how something of Python's is called, in the language of the judge."""
    if what.endswith(IN_ITSELF):
        return say("{name} in itself", name=what.removesuffix(IN_ITSELF))
    return say("a comprehension") if what == COMPREHENSION else what


def _allowed(rules: Rules) -> str:
    only = rules.only or Only()
    parts = [
        *only.names,
        *([say("operators")] if only.operators else []),
        *([say("indexing")] if only.indexing else []),
    ]
    return ", ".join(parts) if parts else say("shapes and types")


def _tell_use(static: SourceFindings, use: BannedUse) -> str:
    place, name = _where(static, use), _named(use)
    if use.called:
        message = say("{place} calls {name}, which this exercise forbids", place=place, name=name)
    else:
        message = say("{place} uses {name}, which this exercise forbids", place=place, name=name)
    return f"{message}: {use.text}"


def _named(use: BannedUse) -> str:
    return _with_ban(use.path.replace("?.", "x.").replace("torch.Tensor.", "x."), use.name)


def _with_ban(path: str, ban: str) -> str:
    return path if path == ban else f"{path} ({ban})"


def _tell_unclear(static: SourceFindings) -> str:
    use = static.unclear[0]
    if use.text:
        message = say("{place} uses {what}, which hides what is called", place=_where(static, use), what=_what(use))
        message = f"{message}: {use.text}"
    else:
        message = say("the source is {what}, which hides what is called", what=_what(use))
    plain = say("this exercise watches which functions are used, so call each by its plain name")
    return f"{message}; {plain}"


def _what(use: Unclear) -> str:
    """Return what hides something in the language of the judge: it was read in a process that knows none."""
    if use.what.startswith(NOT_INSTALLED):
        return say("a module that is not installed, {name}", name=use.what.removeprefix(NOT_INSTALLED).strip())
    if use.what.endswith(_COMPUTED):
        return say("{name} with a computed name", name=use.what.removesuffix(_COMPUTED))
    return say("code too intricate to follow") if use.what == TOO_INTRICATE.what else use.what


def _tell_traced(seen: Sequence[str]) -> str:
    names = say(" and ").join(seen)
    return say("while it ran, the submission called {names}, which this exercise forbids", names=names)


def _tell_missing(needs: Sequence[str]) -> str:
    names = say(" or ").join(needs)
    return say("the result must be produced by {names}, and nothing that this exercise reaches calls it", names=names)
