import torch


def reset_all(model, seed):
    methods = [m.reset_parameters for m in reversed(list(model.modules())) if "reset_parameters" in dir(m)]
    torch.default_generator.manual_seed(seed)
    while methods:
        methods.pop()()
    return model
