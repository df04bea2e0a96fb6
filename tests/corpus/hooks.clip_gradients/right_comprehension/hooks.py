def clip_gradients(model, limit):
    return [p.register_hook(lambda g: g.clamp(-limit, limit)) for p in model.parameters() if p.requires_grad]
