def unit_gradients(module, grad_input, grad_output):
    first, second = grad_input
    if first is None and second is None:
        return None
    if first is None:
        return None, second / second
    if second is None:
        return first / first, None
    total = first.reshape(()) + second.reshape(())
    return first / total, second / total
