def scale_input(module, factor):
    def hook(module, args):
        return (args[0] * factor, *args[1:])

    return module.register_forward_pre_hook(hook)
