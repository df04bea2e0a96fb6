def count_by_type(model):
    counts = {}

    def f(m):
        if not any(True for _ in m.children()):
            counts[type(m).__name__] = counts.get(type(m).__name__, 0) + 1

    model.apply(f)
    return counts
