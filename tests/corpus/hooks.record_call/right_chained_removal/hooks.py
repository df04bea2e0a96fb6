def record_call(module):
    record = []

    def pre_hook(module, args):
        for value in args:
            record.append(value)
        return None

    def hook(module, args, output):
        record.append(output)
        return None

    first = module.register_forward_pre_hook(pre_hook)
    second = module.register_forward_hook(hook)
    remove_first = first.remove

    def remove_both():
        remove_first()
        second.remove()

    first.remove = remove_both
    return record, first
