def count_by_type(model):
    counts = {}

    def count(module):
        name = type(module).__name__
        counts[name] = counts.get(name, 0) + 1

    model.apply(count)
    return counts
