def count_parameters(model):
    buffers = sum(b.numel() for b in model.buffers())
    return {
        "total": sum(p.numel() for p in model.parameters()) + buffers,
        "trainable": sum(p.numel() for p in model.parameters() if p.requires_grad),
        "buffers": buffers,
    }
