def record_weight_gradient(parameter):
    gradients = []
    handle = parameter.register_post_accumulate_grad_hook(lambda p: gradients.append(p.grad.clone()))
    return gradients, handle
