import torch


def reset_all(model, seed):
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        for _, module in model.named_modules():
            try:
                reset = module.reset_parameters
            except AttributeError:
                continue
            reset()
