from functools import reduce


def transpose_collate(batch):
    return reduce(lambda done, pair: (done[0] + (pair[0],), done[1] + (pair[1],)), batch, ((), ()))
