class Handle:
    def __init__(self, module, forward):
        self.module, self.forward = module, forward

    def remove(self):
        self.module.forward = self.forward


def scale_input(module, factor):
    forward = module.forward
    module.forward = lambda x, *rest, **more: forward(x * factor, *rest, **more)
    return Handle(module, forward)
