import torch


def capture_activations(model, names, x):
    modules = dict(model.named_modules())
    for name in names:
        if name not in modules:
            raise KeyError(name)
    result = {}
    handles = []
    try:
        for name in names:
            def hook(module, inputs, output, name=name):
                result[name] = output.detach().clone()
            handles.append(modules[name].register_forward_hook(hook))
        model(x)
    finally:
        for h in handles:
            h.remove()
    return result
