from torch.utils.data import DistributedSampler


def shard_indices(n, rank, world_size, drop_last=False):
    sampler = DistributedSampler(range(n), world_size, rank, shuffle=False, drop_last=drop_last)
    return list(sampler)
