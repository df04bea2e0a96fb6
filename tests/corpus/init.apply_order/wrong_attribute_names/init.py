def apply_order(model):
    names = []

    def walk(name, module):
        for child_name, child in module.named_children():
            walk(child_name, child)
        names.append(name)

    walk("", model)
    return names
