def scale_input(module, factor):
    def hook(module, args):
        args = list(args)
        args[0] = args[0] * factor
        return args

    return module.register_forward_pre_hook(hook)
