def clip_gradients(model, limit):
    def hook(grad):
        grad = grad.clamp(-limit, limit)

    return [p.register_hook(hook) for p in model.parameters() if p.requires_grad]
