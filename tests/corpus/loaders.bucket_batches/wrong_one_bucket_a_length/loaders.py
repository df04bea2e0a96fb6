import random


def bucket_batches(lengths, batch_size, seed):
    groups = {}
    for index, length in enumerate(lengths):
        groups.setdefault(length, []).append(index)
    batches = [g[k : k + batch_size] for g in groups.values() for k in range(0, len(g), batch_size)]
    random.Random(seed).shuffle(batches)
    return batches
