def clip_gradients(model, limit):
    def clip(g):
        n = g.norm()
        return g * limit / n if n > limit else g

    return [p.register_hook(clip) for p in model.parameters() if p.requires_grad]
