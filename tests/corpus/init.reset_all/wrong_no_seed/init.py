def reset_all(model, seed):
    for m in model.modules():
        if hasattr(m, "reset_parameters"):
            m.reset_parameters()
