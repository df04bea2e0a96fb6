def clip_gradients(model, limit):
    return [
        p.register_hook(lambda g: g.clamp(-limit, limit))
        for name, p in model.named_parameters()
        if p.requires_grad and name.endswith("weight")
    ]
