from operator import itemgetter


def transpose_collate(batch):
    first, second = (tuple(map(itemgetter(position), batch)) for position in (0, 1))
    return first, second
