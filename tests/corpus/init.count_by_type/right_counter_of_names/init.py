from collections import Counter


def count_by_type(model):
    visited = []
    model.apply(visited.append)
    return dict(Counter(module.__class__.__name__ for module in visited))
