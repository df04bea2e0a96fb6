def clip_gradients(model, limit):
    def hook(g): g.clamp_(-limit, limit)
    return [p.register_hook(hook) for p in model.parameters() if p.requires_grad]
