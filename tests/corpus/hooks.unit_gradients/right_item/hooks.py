def unit_gradients(module, grad_input, grad_output):
    total = 0.0
    for g in grad_input:
        if g is not None:
            total += g.item()
    return tuple([None if g is None else g.div(total) for g in grad_input])
