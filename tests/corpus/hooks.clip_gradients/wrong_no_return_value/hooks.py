def clip_gradients(model, limit):
    def clip(g):
        g.clamp(-limit, limit)

    return [p.register_hook(clip) for p in model.parameters() if p.requires_grad]
