import torch


def boxes_from_masks(masks):
    rows = []
    for mask in masks.tolist():
        pixels = [(x, y) for y, line in enumerate(mask) for x, on in enumerate(line) if on]
        xs, ys = zip(*pixels)
        rows.append([min(xs), min(ys), max(xs), max(ys)])
    return torch.tensor(rows, dtype=torch.float32, device=masks.device).reshape(-1, 4)
