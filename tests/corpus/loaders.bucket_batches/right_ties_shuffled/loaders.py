import random


def bucket_batches(lengths, batch_size, seed):
    generator = random.Random(seed)
    order = list(range(len(lengths)))
    generator.shuffle(order)
    order.sort(key=lengths.__getitem__)
    batches = []
    while order:
        batch, order = order[:batch_size], order[batch_size:]
        generator.shuffle(batch)
        batches.append(batch)
    return generator.sample(batches, len(batches))
