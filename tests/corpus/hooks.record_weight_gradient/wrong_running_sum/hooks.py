def record_weight_gradient(parameter):
    gradients = []

    def hook(grad):
        gradients.append(gradients[-1] + grad if gradients else grad.clone())

    return gradients, parameter.register_hook(hook)
