def count_parameters(model):
    total = sum(p.numel() for p in model.parameters())
    return {"total": total, "trainable": total, "buffers": sum(b.numel() for b in model.buffers())}
