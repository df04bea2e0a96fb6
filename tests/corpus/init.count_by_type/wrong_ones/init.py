def count_by_type(model):
    counts = {}
    model.apply(lambda m: counts.update({type(m).__name__: 1}))
    return counts
