def unit_gradients(module, grad_input, grad_output):
    total = sum(g for g in grad_input if g is not None)
    return tuple(g / total if g is not None else None for g in grad_input)
