def clip_gradients(model, limit):
    handles = []
    for p in model.parameters():
        if p.requires_grad:
            handles = [p.register_hook(lambda g: g.clamp(-limit, limit))]
    return handles
