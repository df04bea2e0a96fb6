class Handle:
    def remove(self):
        pass


def record_weight_gradient(parameter):
    gradients = []
    parameter.register_hook(gradients.append)
    return gradients, Handle()
