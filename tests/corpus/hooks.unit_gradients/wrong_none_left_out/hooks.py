def unit_gradients(module, grad_input, grad_output):
    present = [g for g in grad_input if g is not None]
    total = sum(g.sum() for g in present)
    return tuple(g / total for g in present)
