def clip_gradients(model, limit):
    handles = []

    def hook(g):
        g = g.clone()
        g[g > limit] = limit
        g[g < -limit] = -limit
        return g

    for p in model.parameters():
        if p.requires_grad:
            handles.append(p.register_hook(hook))
    return handles
