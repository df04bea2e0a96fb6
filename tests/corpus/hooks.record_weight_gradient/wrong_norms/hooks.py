def record_weight_gradient(parameter):
    grads = []
    return grads, parameter.register_hook(lambda g: grads.append(g.norm()))
