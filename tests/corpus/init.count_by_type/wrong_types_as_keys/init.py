def count_by_type(model):
    counts = {}

    def f(m):
        counts[type(m)] = counts.get(type(m), 0) + 1

    model.apply(f)
    return counts
