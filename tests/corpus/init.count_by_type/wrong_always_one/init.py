def count_by_type(model):
    counts = {}

    def count(module):
        counts[type(module).__name__] = 1

    model.apply(count)
    return counts
