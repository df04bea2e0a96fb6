from collections import Counter

_counts = Counter()


def count_by_type(model):
    model.apply(lambda m: _counts.update([type(m).__name__]))
    return dict(_counts)
