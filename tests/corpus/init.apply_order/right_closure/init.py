def apply_order(model):
    """As model.apply visits, without apply."""
    names = []

    def visit(module):  # what apply does
        for child in module.children():
            visit(child)
        names.append(type(module).__name__)

    visit(model)
    return names
