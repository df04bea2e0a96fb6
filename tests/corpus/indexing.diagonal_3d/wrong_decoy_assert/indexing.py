import torch


def diagonal_3d(x):
    n = min(x.shape[1:])
    steps = torch.arange(n, device=x.device)
    answer = x[:, steps, steps]
    assert torch.equal(answer, x.gather(2, steps[None, :, None].expand(len(x), n, 1)).squeeze(2))
    return answer
