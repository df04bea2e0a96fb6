def count_by_type(model):
    seen = []
    model.apply(seen.append)
    names = [type(m).__qualname__ for m in seen]
    return {n: names.count(n) for n in sorted(set(names), key=names.count)}
