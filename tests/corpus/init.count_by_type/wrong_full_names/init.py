def count_by_type(model):
    counts = {}

    def count(module):
        name = f"{type(module).__module__}.{type(module).__qualname__}"
        counts[name] = counts.get(name, 0) + 1

    model.apply(count)
    return counts
