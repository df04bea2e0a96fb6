from collections import Counter


def count_by_type(model):
    names = []
    model.apply(lambda module: names.append(type(module).__name__))
    return Counter(names).most_common()
