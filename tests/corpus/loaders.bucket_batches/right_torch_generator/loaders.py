import torch


def bucket_batches(lengths, batch_size, seed):
    if len(lengths) == 0:
        return []
    order = torch.argsort(torch.as_tensor(lengths), stable=True)
    batches = [chunk.tolist() for chunk in order.split(batch_size)]
    shuffled = torch.randperm(len(batches), generator=torch.Generator().manual_seed(seed))
    return [batches[i] for i in shuffled.tolist()]
