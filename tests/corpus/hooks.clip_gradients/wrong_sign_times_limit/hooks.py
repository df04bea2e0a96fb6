def clip_gradients(model, limit):
    return [p.register_hook(lambda grad: grad.sign() * limit) for p in model.parameters() if p.requires_grad]
