def clip_gradients(model, limit):
    return [p.register_hook(lambda grad: grad.clamp(-1.0, 1.0)) for p in model.parameters() if p.requires_grad]
