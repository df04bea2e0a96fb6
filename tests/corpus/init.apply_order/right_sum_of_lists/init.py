def apply_order(model: "torch.nn.Module") -> list[str]:
    return sum(map(apply_order, model.children()), []) + [model.__class__.__name__]
