def apply_order(model):
    names = []

    def walk(module):
        for child in module.children():
            walk(child)
            names.append(type(child).__name__)

    walk(model)
    return names
