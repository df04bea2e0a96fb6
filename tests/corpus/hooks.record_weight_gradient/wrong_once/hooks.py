def record_weight_gradient(parameter):
    grads = []

    def hook(g):
        grads.append(g.clone())
        handle.remove()

    handle = parameter.register_hook(hook)
    return grads, handle
