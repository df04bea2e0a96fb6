def add_five(module, args, output):
    output.data.add_(5)
