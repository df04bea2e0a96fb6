from collections import Counter


def count_by_type(model):
    counts = Counter()
    model.apply(lambda m: counts.update([type(m).__name__]))
    return counts.most_common()
