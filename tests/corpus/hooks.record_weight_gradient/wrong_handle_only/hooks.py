def record_weight_gradient(parameter):
    grads = []
    return parameter.register_hook(lambda g: grads.append(g.clone()))
