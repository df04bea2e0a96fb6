from collections import Counter


def count_by_type(model):
    return dict(Counter(type(module).__name__ for module in model.modules()))
