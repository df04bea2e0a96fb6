def record_weight_gradient(parameter):
    gradients = []

    def hook(grad):
        gradients.append(parameter.grad)

    return gradients, parameter.register_hook(hook)
