class Handle:
    def __init__(self, module):
        self.module = module

    def remove(self):
        self.module._forward_pre_hooks.clear()


def scale_input(module, factor):
    module.register_forward_pre_hook(lambda m, args: (args[0] * factor, *args[1:]))
    return Handle(module)
