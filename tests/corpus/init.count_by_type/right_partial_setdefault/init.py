from functools import partial

from torch.nn import Module


def _note(counts, module):
    counts.setdefault(type(module).__name__, 0)
    counts[type(module).__name__] += 1


def count_by_type(model: Module) -> dict[str, int]:
    counts: dict[str, int] = {}
    Module.apply(model, partial(_note, counts))
    return counts
