"""What to tell a student about bans and needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from grader.engine.bans.findings import BannedUse, SourceFindings, Unclear
from grader.records.torch_names import covers

MOST_TOLD = 3


def decide(
    static: SourceFindings, traced: Sequence[str], bans: Sequence[str], needs: Sequence[str]
) -> Iterator[tuple[Literal["banned", "needs"], str]]:
    """Yield kind and message of each broken ban or need, the firmest first; nothing when all are kept.

    The source decides. `traced`, the names that the submission was seen to call, can only add a
    finding: it is told by the submission's own process, so it never excuses.

    >>> from grader.engine.bans import analyse, parse
    >>> found = analyse(parse(["def pick(x, i):\\n    return x.gather(0, i)"]), ["pick"], ["torch.gather"])
    >>> for kind, message in decide(found, [], ["torch.gather"], []): print(message)
    line 2 calls x.gather (torch.gather), which this exercise forbids: return x.gather(0, i)
    """
    if static.banned:
        yield "banned", _tell_banned(static)
    elif bans and static.unclear:
        yield "banned", _tell_unclear(static)
    else:
        seen = sorted({name for name in traced if any(covers(ban, name) for ban in bans)})
        if seen:
            yield "banned", _tell_traced(seen)
    if needs and not bans and static.unclear:
        yield "needs", _tell_unclear(static)
    if static.missing_needs:
        yield "needs", _tell_missing(needs)


def _where(static: SourceFindings, use: BannedUse | Unclear) -> str:
    if use.cell < 0:
        return f"line {use.line} of a module beside it"
    return f"line {use.line}" if static.cells <= 1 else f"cell {use.cell + 1}, line {use.line}"


def _tell_banned(static: SourceFindings) -> str:
    told = [
        f"{_where(static, use)} {'calls' if use.called else 'uses'} {_named(use)}, "
        f"which this exercise forbids: {use.text}"
        for use in static.banned[:MOST_TOLD]
    ]
    more = len(static.banned) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def _named(use: BannedUse) -> str:
    path = use.path.replace("?.", "x.").replace("torch.Tensor.", "x.")
    return path if path == use.name else f"{path} ({use.name})"


def _tell_unclear(static: SourceFindings) -> str:
    use = static.unclear[0]
    where = f"{_where(static, use)} uses {use.what}" if use.text else f"the source is {use.what}"
    return (
        f"{where}, which hides what is called{': ' * bool(use.text)}{use.text}; "
        "this exercise watches which functions are used, so call each by its plain name"
    )


def _tell_traced(seen: Sequence[str]) -> str:
    return f"while it ran, the submission called {' and '.join(seen)}, which this exercise forbids"


def _tell_missing(needs: Sequence[str]) -> str:
    names = " or ".join(needs)
    return f"the result must be produced by {names}, and nothing that this exercise reaches calls it"
