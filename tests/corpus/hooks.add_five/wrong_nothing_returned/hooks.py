def add_five(module, args, output):
    output = output + 5
