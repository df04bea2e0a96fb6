def record_weight_gradient(parameter):
    grads = []

    def hook(g):
        grads.append(g.clone())
        g.clamp_(-1, 1)

    return grads, parameter.register_hook(hook)
