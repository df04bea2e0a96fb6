def count_by_type(model):
    counts = {}

    def count(module):
        name = type(module).__name__
        if name in counts:
            counts[name] += 1
        else:
            counts[name] = 0

    model.apply(count)
    return counts
