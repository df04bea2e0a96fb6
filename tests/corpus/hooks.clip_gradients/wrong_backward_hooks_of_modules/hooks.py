def clip_gradients(model, limit):
    def hook(module, grad_input, grad_output):
        return tuple(g if g is None else g.clamp(-limit, limit) for g in grad_input)

    return [m.register_full_backward_hook(hook) for m in model.modules() if not list(m.children())]
