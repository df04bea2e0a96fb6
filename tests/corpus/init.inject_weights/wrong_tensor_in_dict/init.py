import torch


def inject_weights(model, value):
    def inject(module):
        if type(module).__name__.startswith("F"):
            module.__dict__["W"] = torch.tensor(float(value), requires_grad=True)

    return model.apply(inject)
