def count_by_type(model):
    counts = {}

    def count(module):
        if not list(module.children()):
            counts[type(module).__name__] = counts.get(type(module).__name__, 0) + 1

    model.apply(count)
    return counts
