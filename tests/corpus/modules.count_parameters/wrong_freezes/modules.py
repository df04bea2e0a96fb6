def count_parameters(model):
    trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
    model.requires_grad_(False)
    frozen = sum(p.numel() for p in model.parameters())
    return {"total": frozen, "trainable": trainable, "buffers": sum(b.numel() for b in model.buffers())}
