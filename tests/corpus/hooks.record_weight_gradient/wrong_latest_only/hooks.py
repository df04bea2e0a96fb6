def record_weight_gradient(parameter):
    gradients = []

    def hook(grad):
        gradients[:] = [grad.clone()]

    return gradients, parameter.register_hook(hook)
