def clip_gradients(model, limit):
    return [
        p.register_post_accumulate_grad_hook(lambda p: p.grad.clamp_(-limit, limit))
        for p in model.parameters()
        if p.requires_grad
    ]
