def count_parameters(model):
    unique = {p.shape: p for p in model.parameters()}.values()
    return {
        "total": sum(p.numel() for p in unique),
        "trainable": sum(p.numel() for p in unique if p.requires_grad),
        "buffers": sum(b.numel() for b in model.buffers()),
    }
