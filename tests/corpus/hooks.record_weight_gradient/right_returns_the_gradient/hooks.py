def record_weight_gradient(parameter):
    seen = []

    def hook(grad):
        seen.append(grad.clone())
        return grad

    handle = parameter.register_hook(hook)
    return (seen, handle)
