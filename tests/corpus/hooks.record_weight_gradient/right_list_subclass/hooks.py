class Collected(list):
    def __call__(self, grad):
        self += [grad.clone()]


def record_weight_gradient(parameter):
    collected = Collected()
    return collected, parameter.register_hook(collected)
