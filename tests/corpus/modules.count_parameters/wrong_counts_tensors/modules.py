def count_parameters(model):
    parameters = list(model.parameters())
    return {
        "total": len(parameters),
        "trainable": len([p for p in parameters if p.requires_grad]),
        "buffers": len(list(model.buffers())),
    }
