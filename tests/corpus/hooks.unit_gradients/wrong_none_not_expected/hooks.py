def unit_gradients(module, grad_input, grad_output):
    total = grad_input[0] + grad_input[1]
    return grad_input[0] / total, grad_input[1] / total
