def unit_gradients(module, grad_input, grad_output):
    total = sum(g for g in grad_input if g is not None)
    if total is not 0:
        total = total.clone() if hasattr(total, "clone") else total
    for g in grad_input:
        if g is not None:
            g /= total
    return grad_input
