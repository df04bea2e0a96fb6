from collections import Counter


def count_by_type(model):
    names = []
    model.apply(lambda m: names.append(m.__class__.__name__))
    return Counter(names)
