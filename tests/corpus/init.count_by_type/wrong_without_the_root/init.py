def count_by_type(model):
    counts = {}

    def count(module):
        counts[type(module).__name__] = counts.get(type(module).__name__, 0) + 1

    for child in model.children():
        child.apply(count)
    return counts
