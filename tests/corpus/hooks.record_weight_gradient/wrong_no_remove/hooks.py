class Handle:
    def remove(self):
        pass


def record_weight_gradient(parameter):
    grads = []
    parameter.register_hook(lambda g: grads.append(g.clone()))
    return grads, Handle()
