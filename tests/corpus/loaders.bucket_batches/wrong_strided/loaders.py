import random


def bucket_batches(lengths, batch_size, seed):
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    count = -(-len(order) // batch_size)
    batches = [order[k::count] for k in range(count)]
    random.Random(seed).shuffle(batches)
    return batches
