def unit_gradients(module, grad_input, grad_output):
    grads = list(grad_input)
    for i, g in enumerate(grads):
        if g is not None:
            grads[i] = g / sum(other.sum() for other in grads if other is not None)
    return tuple(grads)
