from collections import Counter


def count_by_type(model):
    return dict(Counter(type(m).__name__ for _, m in model.named_modules(remove_duplicate=False)))
