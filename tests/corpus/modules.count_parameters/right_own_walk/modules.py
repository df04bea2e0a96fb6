def count_parameters(model):
    counts = dict.fromkeys(("total", "trainable", "buffers"), 0)
    seen = set()

    def visit(module):
        if id(module) in seen:
            return
        seen.add(id(module))
        for parameter in module._parameters.values():
            if parameter is None or id(parameter) in seen:
                continue
            seen.add(id(parameter))
            counts["total"] += parameter.numel()
            counts["trainable"] += parameter.numel() * parameter.requires_grad
        for buffer in module._buffers.values():
            if buffer is not None and id(buffer) not in seen:
                seen.add(id(buffer))
                counts["buffers"] += buffer.numel()
        for child in module.children():
            visit(child)

    visit(model)
    return counts
