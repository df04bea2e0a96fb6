def record_weight_gradient(parameter):
    gradients = []
    handle = parameter.register_hook(gradients.append)
    return gradients, handle
