def count_parameters(model):
    seen = {}
    buffers = {}
    for module in model.modules():
        if not list(module.children()):
            seen.update((id(p), p) for p in module.parameters())
            buffers.update((id(b), b) for b in module.buffers())
    return {
        "total": sum(p.numel() for p in seen.values()),
        "trainable": sum(p.numel() for p in seen.values() if p.requires_grad),
        "buffers": sum(b.numel() for b in buffers.values()),
    }
