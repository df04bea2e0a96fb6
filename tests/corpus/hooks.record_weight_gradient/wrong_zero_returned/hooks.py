def record_weight_gradient(parameter):
    gradients = []

    def hook(grad):
        gradients.append(grad.clone())
        return grad * 0

    return gradients, parameter.register_hook(hook)
