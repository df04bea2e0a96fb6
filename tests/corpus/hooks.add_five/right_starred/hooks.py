def add_five(*arguments):
    *_, output = arguments
    return output.add(5)
