def count_by_type(model):
    counts = {}

    def f(m):
        if m is not model:
            counts[type(m).__name__] = counts.get(type(m).__name__, 0) + 1

    model.apply(f)
    return counts
