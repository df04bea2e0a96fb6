def count_parameters(model):
    parameters, buffers = {}, {}
    for module in model.modules():
        for parameter in module.parameters(recurse=False):
            parameters[id(parameter)] = parameter
        for buffer in module.buffers(recurse=False):
            buffers[id(buffer)] = buffer
    total = trainable = 0
    for parameter in parameters.values():
        total += parameter.nelement()
        if parameter.requires_grad:
            trainable += parameter.nelement()
    return {"buffers": sum(map(lambda b: b.nelement(), buffers.values())), "total": total, "trainable": trainable}
