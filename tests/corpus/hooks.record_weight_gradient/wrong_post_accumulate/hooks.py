def record_weight_gradient(parameter):
    grads = []
    handle = parameter.register_post_accumulate_grad_hook(lambda p: grads.append(p.grad.clone()))
    return grads, handle
