def unit_gradients(module, grad_input, grad_output):
    total = sum((g**2).sum() for g in grad_input if g is not None) ** 0.5
    return tuple(None if g is None else g / total for g in grad_input)
