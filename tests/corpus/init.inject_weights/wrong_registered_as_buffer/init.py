import torch


def inject_weights(model, value):
    def inject(module):
        if type(module).__name__.startswith("F"):
            if hasattr(module, "W"):
                del module.W
            module.register_buffer("W", torch.tensor(float(value)))

    return model.apply(inject)
