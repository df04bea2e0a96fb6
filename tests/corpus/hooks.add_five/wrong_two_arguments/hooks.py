def add_five(module, output):
    return output + 5
