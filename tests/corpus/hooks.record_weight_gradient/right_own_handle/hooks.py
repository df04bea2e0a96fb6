class Recorder:
    def __init__(self, parameter):
        self.gradients = []
        self.inner = parameter.register_hook(self)

    def __call__(self, gradient):
        self.gradients += [gradient.clone().detach()]

    def remove(self):
        self.inner.remove()


def record_weight_gradient(parameter):
    recorder = Recorder(parameter)
    return recorder.gradients, recorder
