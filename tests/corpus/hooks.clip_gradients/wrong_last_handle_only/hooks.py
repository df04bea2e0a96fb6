def clip_gradients(model, limit):
    handle = None
    for p in model.parameters():
        if p.requires_grad:
            handle = p.register_hook(lambda grad: grad.clamp(-limit, limit))
    return [handle] if handle else []
