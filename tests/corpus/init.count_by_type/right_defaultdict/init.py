from collections import defaultdict


def count_by_type(model):
    counts = defaultdict(int)

    def f(m):
        counts[m._get_name()] += 1

    model.apply(f)
    return counts
