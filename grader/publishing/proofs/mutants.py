"""Is nearly every small change to a reference noticed?"""

from __future__ import annotations

from collections.abc import Iterator

from grader.publishing.mutants.report import MutantReport, Share
from grader.publishing.proofs.items import Item

OVERALL, SINGLE = 0.0, 0.80
"""The shares that must be caught: of all mutants that are not equivalent, and of each exercise's."""

_PROOF = "mutants"
_HINT = (
    "Add an input or a probe that shows the difference. A mutant that is right all the same: the lines below its diff "
    "mark it in equivalent.toml; say why."
)


def judge_shares(report: MutantReport, overall: float = OVERALL, single: float = SINGLE) -> Iterator[Item]:
    """Yield an item for each exercise, for all together, and for whatever forbids to trust the shares."""
    for problem in report.problems:
        yield Item(_PROOF, problem.partition(":")[0], False, problem.partition(": ")[2] or problem)
    for exercise, share in report.exercises().items():
        yield _item(exercise, share, single)
    yield _item("all", report.total(), overall)


def _item(subject: str, share: Share, threshold: float) -> Item:
    ok = share.share >= threshold
    message = f"{share.caught} of {share.mutants - share.equivalent} caught, {100 * share.share:.1f}%"
    if share.equivalent:
        message += f" ({share.equivalent} equivalent)"
    return Item(_PROOF, subject, ok, message if ok else f"{message}: at least {100 * threshold:g}% are due", _HINT)
