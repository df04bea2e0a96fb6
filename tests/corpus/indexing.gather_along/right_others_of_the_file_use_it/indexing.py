import torch


def diagonal_2d(x):
    n = min(x.shape)
    return torch.gather(x, 1, torch.arange(n, device=x.device)[:, None])[:, 0]


def pick_rows(x, index):
    return x.gather(1, index[..., None].expand(-1, -1, x.shape[2]))


def gather_along(x, dim, index):
    rank = x.dim()
    axes = []
    for axis, size in enumerate(index.shape):
        shape = [1] * rank
        shape[axis] = size
        axes.append(torch.arange(size, device=x.device).view(shape))
    axes[dim] = index
    return x[tuple(axes)]


if __name__ == "__main__":
    sample = torch.rand(2, 3)
    print(torch.gather(sample, 0, torch.zeros(1, 3, dtype=torch.int64)))
