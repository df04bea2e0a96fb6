"""Right answers to the assignment indexing in other styles than the reference's: all of them must pass."""

import torch
from torch import Tensor

from grader.authoring import alternative


@alternative("indexing.gather_along")
def with_meshgrid(x: Tensor, dim: int, index: Tensor) -> Tensor:
    places = list(torch.meshgrid(*[torch.arange(n) for n in index.shape], indexing="ij"))
    places[dim] = index
    return x[places[0]] if len(places) == 1 else x[tuple(places)]


@alternative("indexing.gather_along")
def from_the_storage(x: Tensor, dim: int, index: Tensor) -> Tensor:
    dim %= x.dim()
    flat, place, step = x.reshape(-1), torch.zeros_like(index), 1
    for axis in range(x.dim() - 1, -1, -1):
        along = index
        if axis != dim:
            along = torch.arange(index.shape[axis]).reshape([-1 if one == axis else 1 for one in range(x.dim())])
        place = place + along * step
        step *= x.shape[axis]
    return flat[place]


@alternative("indexing.index_select_along")
def with_slices(x: Tensor, dim: int, index: Tensor) -> Tensor:
    return x[(slice(None),) * (dim % x.dim()) + (index,)]


@alternative("indexing.index_select_along")
def transposed(x: Tensor, dim: int, index: Tensor) -> Tensor:
    return x.transpose(0, dim)[index].transpose(0, dim)


@alternative("indexing.diagonal_2d")
def by_columns(x: Tensor) -> Tensor:
    n = min(x.shape[0], x.shape[1])
    return torch.gather(x[:, :n], 0, torch.arange(n)[None])[0]


@alternative("indexing.diagonal_2d")
def from_one_row(x: Tensor) -> Tensor:
    n = min(x.shape)
    return x.reshape(-1).gather(0, torch.arange(n) * (x.shape[1] + 1))


@alternative("indexing.diagonal_3d")
def from_rows(x: Tensor) -> Tensor:
    n = min(x.shape[1:])
    places = torch.arange(n) * (x.shape[2] + 1)
    return x.reshape(x.shape[0], x.shape[1] * x.shape[2]).gather(1, places.expand(x.shape[0], -1))


@alternative("indexing.diagonal_3d")
def along_the_columns(x: Tensor) -> Tensor:
    n = min(x.shape[-2:])
    index = torch.arange(n).view(1, 1, n).repeat(x.shape[0], 1, 1)
    return x[:, :, :n].gather(1, index)[:, 0]


@alternative("indexing.last_valid")
def by_gather(x: Tensor, lengths: Tensor) -> Tensor:
    index = (lengths - 1)[:, None, None].expand(-1, 1, x.shape[2])
    return x.gather(1, index).squeeze(1)


@alternative("indexing.last_valid")
def row_by_row(x: Tensor, lengths: Tensor) -> Tensor:
    rows = [row[int(length) - 1] for row, length in zip(x, lengths, strict=True)]
    return torch.stack(rows) if rows else x[:, 0]


@alternative("indexing.pick_rows")
def rows_by_gather(x: Tensor, index: Tensor) -> Tensor:
    return x.gather(1, index.unsqueeze(-1).expand(*index.shape, x.shape[-1]))


@alternative("indexing.pick_rows")
def from_all_rows(x: Tensor, index: Tensor) -> Tensor:
    start = torch.arange(x.shape[0])[:, None] * x.shape[1]
    return x.reshape(-1, x.shape[2])[start + index] if x.shape[2] else x.new_zeros(*index.shape, 0)


@alternative("indexing.label_nll")
def by_logsumexp(logits: Tensor, labels: Tensor) -> Tensor:
    chosen = logits[torch.arange(len(labels)), labels]
    return (torch.logsumexp(logits, 1) - chosen).mean()


@alternative("indexing.label_nll")
def by_the_largest(logits: Tensor, labels: Tensor) -> Tensor:
    shifted = logits - logits.max(dim=1, keepdim=True).values
    losses = shifted.exp().sum(1).log() - shifted.gather(1, labels[:, None])[:, 0]
    return losses.sum() / len(losses)
