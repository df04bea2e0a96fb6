"""Typical wrong answers to the assignment indexing, each with what to say to the student."""

import torch
from torch import Tensor

from grader.authoring import mistake


@mistake("indexing.gather_along")
def always_along_the_first(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """You always pick along dimension 0: the index tensor must stand at the place of `dim`."""
    places = list(torch.meshgrid(*[torch.arange(n) for n in index.shape], indexing="ij"))
    places[0] = index
    return x[tuple(places)]


@mistake("indexing.gather_along")
def only_two_dimensions(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """This works for matrices only: x may have any rank, so build one index tensor for each dimension in a loop."""
    rows = torch.arange(index.shape[0]).unsqueeze(1)
    columns = torch.arange(index.shape[1]).unsqueeze(0)
    return x[index, columns] if dim % 2 == 0 else x[rows, index]


@mistake("indexing.gather_along")
def positions_of_x(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """You count positions along the shape of x, but the result has the shape of `index`, which may be smaller than
    x in the other dimensions and longer or shorter along `dim`."""
    places = list(torch.meshgrid(*[torch.arange(n) for n in x.shape], indexing="ij"))
    places[dim] = index
    return x[tuple(places)]


@mistake("indexing.gather_along")
def negative_dim_not_found(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """A negative `dim` counts from the back: your comparison with the dimension's number never finds it. Take
    `dim % x.dim()` first."""
    places = torch.meshgrid(*[torch.arange(n) for n in index.shape], indexing="ij")
    return x[tuple(index if axis == dim else place for axis, place in enumerate(places))]


@mistake("indexing.index_select_along")
def selected_along_the_first(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """`x[index]` selects along dimension 0, whatever `dim` says: move `dim` to the front first, and back
    afterwards."""
    return x[index]


@mistake("indexing.index_select_along")
def each_slice_once(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """Here every slice comes at most once and in rising order: the result must follow `index`, with repeats and in its
    order."""
    kept = torch.zeros(x.shape[dim], dtype=torch.bool)
    kept[index] = True
    return x.movedim(dim, 0)[kept].movedim(0, dim)


@mistake("indexing.index_select_along")
def stacked_slices(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """`torch.stack` of no tensors raises an error: with an empty `index` the result is empty along `dim`."""
    return torch.stack([x.select(dim, int(i)) for i in index], dim)


@mistake("indexing.index_select_along")
def not_moved_back(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """The slices are right, but the dimension stays at the front: move it back to its place."""
    return x.movedim(dim, 0)[index]


@mistake("indexing.diagonal_2d")
def one_entry_for_each_row(x: Tensor) -> Tensor:
    """The diagonal has min(H, W) entries: a matrix with more rows than columns ends earlier than its rows do."""
    return x.gather(1, torch.arange(x.shape[0]).unsqueeze(1)).squeeze(1)


@mistake("indexing.diagonal_2d")
def whole_squeeze_2d(x: Tensor) -> Tensor:
    """`squeeze()` removes every dimension of size 1: with a single entry the result becomes 0-d. Squeeze one
    dimension."""
    n = min(x.shape)
    return x[:n].gather(1, torch.arange(n).unsqueeze(1)).squeeze()


@mistake("indexing.diagonal_2d")
def diagonal_as_a_column(x: Tensor) -> Tensor:
    """gather gives (n, 1): remove the last dimension, the result is (n,)."""
    n = min(x.shape)
    return x[:n].gather(1, torch.arange(n).unsqueeze(1))


@mistake("indexing.diagonal_3d")
def whole_squeeze_3d(x: Tensor) -> Tensor:
    """`squeeze()` removes every dimension of size 1, the one of a single channel too: squeeze the last dimension
    only."""
    n = min(x.shape[1:])
    index = torch.arange(n).reshape(1, n, 1).expand(x.shape[0], n, 1)
    return x[:, :n].gather(2, index).squeeze()


@mistake("indexing.diagonal_3d")
def first_channel_only(x: Tensor) -> Tensor:
    """The index has a leading dimension of 1, and gather takes only as many planes as the index has: expand it to
    C."""
    n = min(x.shape[1:])
    return x[:, :n].gather(2, torch.arange(n).reshape(1, n, 1)).squeeze(2)


@mistake("indexing.diagonal_3d")
def as_many_as_rows(x: Tensor) -> Tensor:
    """A plane's diagonal has min(H, W) entries, not H: it fails where planes are higher than wide."""
    height = x.shape[1]
    index = torch.arange(height).reshape(1, height, 1).expand(x.shape[0], height, 1)
    return x.gather(2, index).squeeze(2)


@mistake("indexing.last_valid")
def step_after_the_last(x: Tensor, lengths: Tensor) -> Tensor:
    """Steps count from 0, so the last real one is `length - 1`: you take the step after it."""
    return x[torch.arange(x.shape[0]), lengths.clamp(max=x.shape[1] - 1)]


@mistake("indexing.last_valid")
def always_the_last_column(x: Tensor, lengths: Tensor) -> Tensor:
    """You take the last step of the padded batch: for shorter sequences that is padding."""
    return x[:, -1]


@mistake("indexing.last_valid")
def every_row_for_each_length(x: Tensor, lengths: Tensor) -> Tensor:
    """`x[:, lengths - 1]` takes all the lengths for every row, giving (B, B, D): pair each row with its own length."""
    return x[:, lengths - 1]


@mistake("indexing.last_valid")
def feature_instead_of_step(x: Tensor, lengths: Tensor) -> Tensor:
    """You index the features, not the steps: the step is the second dimension. With T equal to D there is no error,
    only wrong numbers."""
    return x[torch.arange(x.shape[0]), :, lengths - 1]


@mistake("indexing.last_valid")
def lengths_changed(x: Tensor, lengths: Tensor) -> Tensor:
    """The result is right, but `lengths -= 1` changes the caller's tensor: write `lengths - 1`."""
    lengths -= 1
    return x[torch.arange(x.shape[0]), lengths]


@mistake("indexing.pick_rows")
def rows_of_all_batches(x: Tensor, index: Tensor) -> Tensor:
    """`x[:, index]` takes every choice for every batch element, giving (B, B, K, D): pair them with the batch
    numbers."""
    return x[:, index]


@mistake("indexing.pick_rows")
def same_rows_for_all(x: Tensor, index: Tensor) -> Tensor:
    """You use the first element's choice for the whole batch: each element has its own row of `index`."""
    return x[:, index[0]]


@mistake("indexing.pick_rows")
def first_feature_only(x: Tensor, index: Tensor) -> Tensor:
    """gather takes only as much of the last dimension as the index has: expand the index to (B, K, D)."""
    return x.gather(1, index.unsqueeze(-1))


@mistake("indexing.one_hot")
def one_hot_in_float(labels: Tensor, num_classes: int) -> Tensor:
    """`torch.zeros` is float32 unless you say otherwise: the result must be int64."""
    return torch.zeros(*labels.shape, num_classes).scatter(-1, labels.unsqueeze(-1), 1)


@mistake("indexing.one_hot")
def one_hot_of_vectors_only(labels: Tensor, num_classes: int) -> Tensor:
    """This works for 1-d labels only: labels may have any shape, so scatter along the last dimension, -1."""
    zeros = torch.zeros(labels.shape[0], num_classes, dtype=torch.int64)
    return zeros.scatter(1, labels.unsqueeze(1), 1)


@mistake("indexing.one_hot")
def as_many_classes_as_labels_show(labels: Tensor, num_classes: int) -> Tensor:
    """The size of the last dimension is `num_classes`, even when the greatest label does not occur."""
    classes = int(labels.max()) + 1 if labels.numel() else num_classes
    zeros = torch.zeros(*labels.shape, classes, dtype=torch.int64)
    return zeros.scatter(-1, labels.unsqueeze(-1), 1)


@mistake("indexing.one_hot")
def classes_first(labels: Tensor, num_classes: int) -> Tensor:
    """The classes stand in the first dimension: they belong in the last."""
    zeros = torch.zeros(num_classes, *labels.shape, dtype=torch.int64)
    return zeros.scatter(0, labels.unsqueeze(0), 1)


@mistake("indexing.label_nll")
def log_after_softmax(logits: Tensor, labels: Tensor) -> Tensor:
    """The log of a softmax that has become 0 is minus infinity: use log_softmax, which never leaves the log."""
    return -logits.softmax(1).log().gather(1, labels.unsqueeze(1)).mean()


@mistake("indexing.label_nll")
def exponentials_overflow(logits: Tensor, labels: Tensor) -> Tensor:
    """`exp` of a large logit is infinity: use log_softmax or logsumexp, which subtract the row's maximum first."""
    picked = logits.gather(1, labels.unsqueeze(1)).squeeze(1)
    return (logits.exp().sum(1).log() - picked).mean()


@mistake("indexing.label_nll")
def loss_summed(logits: Tensor, labels: Tensor) -> Tensor:
    """You add up the losses of the samples: their mean is asked for."""
    return -logits.log_softmax(1).gather(1, labels.unsqueeze(1)).sum()


@mistake("indexing.label_nll")
def normalised_over_the_samples(logits: Tensor, labels: Tensor) -> Tensor:
    """The softmax runs over the samples: the classes are dimension 1."""
    return -logits.log_softmax(0).gather(1, labels.unsqueeze(1)).mean()


@mistake("indexing.label_nll")
def negative_sign_forgotten(logits: Tensor, labels: Tensor) -> Tensor:
    """The sign is missing: a loss is minus the log-probability."""
    return logits.log_softmax(1).gather(1, labels.unsqueeze(1)).mean()


@mistake("indexing.masks_from_ids")
def first_id_dropped(ids: Tensor) -> Tensor:
    """`unique()[1:]` drops the smallest id, but an image without background has no 0 to drop: compare with 0
    instead."""
    objects = ids.unique()[1:]
    return ids == objects[:, None, None]


@mistake("indexing.masks_from_ids")
def gaps_filled(ids: Tensor) -> Tensor:
    """Ids may have gaps: you also return an empty mask for each id that is not there."""
    count = int(ids.max()) if ids.numel() else 0
    objects = torch.arange(1, count + 1)
    return ids == objects[:, None, None]


@mistake("indexing.masks_from_ids")
def background_as_an_object(ids: Tensor) -> Tensor:
    """0 is the background: it gets no mask."""
    return ids == ids.unique()[:, None, None]


@mistake("indexing.masks_from_ids")
def stack_of_nothing(ids: Tensor) -> Tensor:
    """Without any object there is nothing to stack and `torch.stack` raises: the result is then (0, H, W)."""
    return torch.stack([ids == i for i in ids.unique() if i != 0])


@mistake("indexing.boxes_from_masks")
def rows_taken_for_x(masks: Tensor) -> Tensor:
    """x and y are swapped: x counts columns, y counts rows."""
    boxes = torch.zeros(masks.shape[0], 4)
    for number, mask in enumerate(masks):
        rows, columns = torch.where(mask)
        boxes[number] = torch.stack([rows.min(), columns.min(), rows.max(), columns.max()])
    return boxes


@mistake("indexing.boxes_from_masks")
def end_after_the_last_pixel(masks: Tensor) -> Tensor:
    """The box ends at the last pixel, not after it: do not add 1."""
    boxes = torch.zeros(masks.shape[0], 4)
    for number, mask in enumerate(masks):
        rows, columns = torch.where(mask)
        boxes[number] = torch.stack([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1])
    return boxes


@mistake("indexing.boxes_from_masks")
def stacked_boxes(masks: Tensor) -> Tensor:
    """Without any mask there is nothing to stack and `torch.stack` raises: the result is then (0, 4)."""
    boxes = []
    for mask in masks:
        rows, columns = torch.where(mask)
        boxes.append(torch.stack([columns.min(), rows.min(), columns.max(), rows.max()]))
    return torch.stack(boxes).float()


@mistake("indexing.boxes_from_masks")
def boxes_of_integers(masks: Tensor) -> Tensor:
    """The numbers are right, but the boxes must be float32, not int64."""
    boxes = torch.zeros(masks.shape[0], 4, dtype=torch.int64)
    for number, mask in enumerate(masks):
        rows, columns = torch.where(mask)
        boxes[number] = torch.stack([columns.min(), rows.min(), columns.max(), rows.max()])
    return boxes


@mistake("indexing.boxes_from_masks")
def width_and_height(masks: Tensor) -> Tensor:
    """The last two numbers are the width and height: give the largest x and y instead."""
    boxes = torch.zeros(masks.shape[0], 4)
    for number, mask in enumerate(masks):
        rows, columns = torch.where(mask)
        size = [columns.max() - columns.min(), rows.max() - rows.min()]
        boxes[number] = torch.stack([columns.min(), rows.min(), *size])
    return boxes
