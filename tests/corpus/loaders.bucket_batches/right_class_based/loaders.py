import random


class Buckets:
    def __init__(self, lengths):
        self.order = [i for _, i in sorted(zip(lengths, range(len(lengths))))]

    def cut(self, size):
        def rest(order):
            return [order[:size], *rest(order[size:])] if order else []

        return rest(self.order)


def bucket_batches(lengths, batch_size, seed):
    batches = Buckets(lengths).cut(batch_size)
    generator = random.Random(seed)
    for i in range(len(batches) - 1, 0, -1):
        j = generator.randrange(i + 1)
        batches[i], batches[j] = batches[j], batches[i]
    return batches
