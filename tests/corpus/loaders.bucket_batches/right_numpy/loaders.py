import numpy as np


def bucket_batches(lengths, batch_size, seed):
    order = np.argsort(np.asarray(lengths, dtype=np.int64), kind="stable")
    batches = [[int(i) for i in order[k : k + batch_size]] for k in range(0, len(order), batch_size)]
    generator = np.random.default_rng(seed % 2**32)
    return [batches[int(k)] for k in generator.permutation(len(batches))]
