def record_weight_gradient(parameter):
    gradients = []
    parameter.register_hook(gradients.append)
    return gradients
