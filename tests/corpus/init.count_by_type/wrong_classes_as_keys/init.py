def count_by_type(model):
    counts = {}

    def count(module):
        counts[type(module)] = counts.get(type(module), 0) + 1

    model.apply(count)
    return counts
