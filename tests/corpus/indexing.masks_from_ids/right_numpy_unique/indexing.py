import numpy as np
import torch


class Masks:
    def __call__(self, ids):
        values = [int(v) for v in np.unique(ids.cpu().numpy()) if v]
        planes = [ids.eq(v) for v in values]
        return torch.stack(planes) if planes else torch.empty((0, *ids.shape), dtype=torch.bool, device=ids.device)


masks_from_ids = Masks()
