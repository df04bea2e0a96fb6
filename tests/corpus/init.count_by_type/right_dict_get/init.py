def count_by_type(model):
    counts = {}

    def f(m):
        name = type(m).__name__
        counts[name] = counts.get(name, 0) + 1

    model.apply(f)
    return counts
