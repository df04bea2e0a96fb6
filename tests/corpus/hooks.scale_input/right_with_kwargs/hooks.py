def scale_input(module, factor):
    def hook(module, args, kwargs):
        args = list(args)
        args[0] = factor * args[0]
        return tuple(args), kwargs

    return module.register_forward_pre_hook(hook, with_kwargs=True)
