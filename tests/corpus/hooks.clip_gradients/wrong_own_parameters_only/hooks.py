def clip_gradients(model, limit):
    own = model.parameters(recurse=False)
    return [p.register_hook(lambda grad: grad.clamp(-limit, limit)) for p in own if p.requires_grad]
