def clip_gradients(model, limit):
    for p in model.parameters():
        if p.requires_grad:
            p.register_hook(lambda grad: grad.clamp(-limit, limit))
