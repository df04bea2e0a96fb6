import torch


def inject_weights(model, value):
    def inject(m):
        if m.__class__.__name__[:1] != "F":
            return
        if hasattr(m, "W"):
            delattr(m, "W")
        m.register_parameter("W", torch.nn.Parameter(torch.full((1,), float(value))))

    model.apply(inject)
    return model
