def record_weight_gradient(parameter):
    grads = []

    def hook(g):
        nonlocal grads
        grads = grads + [g.clone()]

    return grads, parameter.register_hook(hook)
