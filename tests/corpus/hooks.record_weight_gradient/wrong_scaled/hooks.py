def record_weight_gradient(parameter):
    grads = []

    def hook(g):
        grads.append(g)
        return g / 2

    return grads, parameter.register_hook(hook)
