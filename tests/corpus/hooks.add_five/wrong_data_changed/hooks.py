def add_five(module, args, output):
    output.data += 5
