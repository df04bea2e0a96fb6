def scale_input(module, factor):
    return module.register_forward_pre_hook(lambda m, args: (*args[:-1], args[-1] * factor))
