def record_weight_gradient(parameter):
    gradients = []
    twin = parameter.detach().clone().requires_grad_()
    return gradients, twin.register_hook(gradients.append)
