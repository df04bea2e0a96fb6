def count_parameters(model):
    return {
        "total": f"{sum(p.numel() for p in model.parameters())}",
        "trainable": f"{sum(p.numel() for p in model.parameters() if p.requires_grad)}",
        "buffers": f"{sum(b.numel() for b in model.buffers())}",
    }
