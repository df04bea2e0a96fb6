def count_parameters(model):
    total = sum(value.numel() for value in model.state_dict().values())
    trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
    return {"total": total, "trainable": trainable, "buffers": sum(b.numel() for b in model.buffers())}
