import torch


def bucket_batches(lengths, batch_size, seed):
    order = torch.argsort(torch.tensor(lengths))
    batches = list(order.split(batch_size))
    shuffled = torch.randperm(len(batches), generator=torch.Generator().manual_seed(seed))
    return [batches[i] for i in shuffled]
