def count_parameters(model):
    total = trainable = buffers = 0
    for child in model.children():
        total += sum(p.numel() for p in child.parameters(recurse=False))
        trainable += sum(p.numel() for p in child.parameters(recurse=False) if p.requires_grad)
        buffers += sum(b.numel() for b in child.buffers(recurse=False))
    return {"total": total, "trainable": trainable, "buffers": buffers}
