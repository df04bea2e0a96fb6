import torch


def transpose_collate(batch):
    print(f"collating {len(batch)} samples")
    match list(batch):
        case [(x, y)]:
            return (x,), (y,)
        case [*pairs]:
            first, second = zip(*pairs, strict=True)
            return first, second
