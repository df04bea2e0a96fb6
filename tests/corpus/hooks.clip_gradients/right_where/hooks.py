import torch


def _clip(limit):
    def hook(grad: torch.Tensor) -> torch.Tensor:
        grad = torch.where(grad > limit, torch.full_like(grad, limit), grad)
        return torch.where(grad < -limit, torch.full_like(grad, -limit), grad)

    return hook


def clip_gradients(model, limit):
    seen, handles = set(), []
    for module in model.modules():
        for p in module.parameters(recurse=False):
            if p.requires_grad and id(p) not in seen:
                seen.add(id(p))
                handles.append(p.register_hook(_clip(limit)))
    return handles
