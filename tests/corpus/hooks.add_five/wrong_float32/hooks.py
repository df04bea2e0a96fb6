def add_five(module, args, output):
    return output.float() + 5.0
