def add_five(module, args, output):
    result = output.clone()
    result += 5
    return result
