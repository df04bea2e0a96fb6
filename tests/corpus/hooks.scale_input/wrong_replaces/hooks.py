def scale_input(module, factor):
    module._factor = factor
    if not getattr(module, "_scaled", False):
        module._scaled = True
        module._handle = module.register_forward_pre_hook(lambda m, args: (args[0] * m._factor, *args[1:]))
    return module._handle
