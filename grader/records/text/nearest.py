"""Which known word somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from grader.records.text.saying import say


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the known word most like this one, None when none is like it. Case and `-` for `_` count as alike.

    `alike` is what `difflib` calls a ratio, from 0 to 1, and the least that counts.

    >>> nearest("exmaples", ["limits", "examples"])
    'examples'
    >>> nearest("Trace", ["einsum.trace", "einsum.total"])
    'einsum.trace'
    """
    from difflib import get_close_matches  # only a mistyped word needs it

    plain = {_plain(candidate): candidate for candidate in known}
    wanted = _plain(word)
    tails = {candidate.rpartition(".")[2]: whole for candidate, whole in plain.items()}
    for candidates in (plain, tails):
        close = get_close_matches(wanted, list(candidates), n=1, cutoff=alike)
        if close:
            return candidates[close[0]]
    return None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a sentence for the end of a message: the nearest known word, or all of them when none is near.

    >>> did_you_mean("einsun", ["einsum", "loaders"])
    "Did you mean 'einsum'?"
    >>> did_you_mean("xyz", ["einsum", "loaders"])
    'Known: einsum, loaders.'
    """
    names = list(known)
    guess = nearest(word, names)
    if guess is not None:
        return say("Did you mean {guess!r}?", guess=guess)
    return say("Known: {names}.", names=", ".join(names)) if names else say("There is none.")


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_")
