def record_weight_gradient(parameter):
    gradients = []

    def hook(grad):
        gradients.append(grad.clone())
        handle.remove()

    handle = parameter.register_hook(hook)
    return gradients, handle
