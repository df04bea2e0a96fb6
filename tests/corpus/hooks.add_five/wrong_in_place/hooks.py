def add_five(module, args, output):
    output += 5
    return output
