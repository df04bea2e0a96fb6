def count_by_type(model):
    counts, seen = {}, set()

    def count(module):
        if module not in seen:
            seen.add(module)
            counts[type(module).__name__] = counts.get(type(module).__name__, 0) + 1

    model.apply(count)
    return counts
