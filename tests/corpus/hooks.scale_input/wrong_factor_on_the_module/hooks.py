def scale_input(module, factor):
    module.input_factor = factor
    return module.register_forward_pre_hook(lambda m, args: (args[0] * m.input_factor, *args[1:]))
