from collections import Counter


def count_by_type(model):
    return dict(Counter(type(m).__name__ for m in model.modules()))
