def record_weight_gradient(parameter):
    gradients = []
    return parameter.register_hook(gradients.append), gradients
