import random


def bucket_batches(lengths, batch_size, seed):
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    batches = [list(group) for group in zip(*[iter(order)] * batch_size)]
    random.Random(seed).shuffle(batches)
    return batches
