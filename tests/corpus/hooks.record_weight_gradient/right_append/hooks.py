def record_weight_gradient(parameter):
    collected = []
    handle = parameter.register_hook(collected.append)
    return collected, handle
