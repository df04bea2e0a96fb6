def record_call(module):
    record = []
    module.register_forward_pre_hook(lambda m, args: record.extend(args))
    handle = module.register_forward_hook(lambda m, args, output: record.append(output))
    return record, handle
