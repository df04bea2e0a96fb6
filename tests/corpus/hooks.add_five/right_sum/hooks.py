def add_five(module, args, output):
    return output + 5
