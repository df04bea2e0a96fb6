def record_weight_gradient(parameter):
    grads = []

    def hook(g):
        grads.append(g.clone())

    return grads, parameter.register_hook(hook)
