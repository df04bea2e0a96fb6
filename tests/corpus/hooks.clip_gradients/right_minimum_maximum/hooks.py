import torch


def clip_gradients(model, limit):
    def hook(g):
        bound = torch.full_like(g, limit)
        return torch.minimum(torch.maximum(g, -bound), bound)

    return list(map(lambda p: p.register_hook(hook), filter(lambda p: p.requires_grad, model.parameters())))
