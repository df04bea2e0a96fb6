def count_parameters(model):
    names = {name for name, _ in model.named_parameters(remove_duplicate=False)}
    return {
        "total": sum(p.numel() for p in model.parameters()),
        "trainable": sum(p.numel() for p in model.parameters() if p.requires_grad),
        "buffers": sum(v.numel() for name, v in model.state_dict().items() if name not in names),
    }
