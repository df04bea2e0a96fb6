def init_constant(model, weight, bias):
    for name, p in model.named_parameters():
        p.data.fill_(bias if name.endswith("bias") else weight)
    return model
