def count_by_type(model):
    counts, seen = {}, set()

    def f(m):
        if id(m) not in seen:
            seen.add(id(m))
            counts[type(m).__name__] = counts.get(type(m).__name__, 0) + 1

    model.apply(f)
    return counts
