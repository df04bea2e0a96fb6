def record_weight_gradient(parameter):
    seen = []

    def watch(grad):
        seen.append(grad.detach())
        return grad

    return seen, parameter.register_hook(watch)
