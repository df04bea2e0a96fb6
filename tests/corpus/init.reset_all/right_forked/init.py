import torch


def _walk(module):
    for child in module.children():
        _walk(child)
    try:
        reset = module.reset_parameters
    except AttributeError:
        return
    reset()


def reset_all(model, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        _walk(model)
    return model
