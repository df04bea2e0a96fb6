def record_weight_gradient(parameter):
    gradients = []

    def hook(grad):
        gradients.append(grad.clone())
        return grad.clamp(-1, 1)

    return gradients, parameter.register_hook(hook)
