def scale_input(module, factor):
    return module.register_forward_hook(lambda m, args, out: out * factor)
