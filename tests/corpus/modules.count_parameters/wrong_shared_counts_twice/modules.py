def count_parameters(model):
    total = trainable = buffers = 0
    for module in model.modules():
        for parameter in module.parameters(recurse=False):
            total += parameter.numel()
            if parameter.requires_grad:
                trainable += parameter.numel()
        for buffer in module.buffers(recurse=False):
            buffers += buffer.numel()
    return {"total": total, "trainable": trainable, "buffers": buffers}
