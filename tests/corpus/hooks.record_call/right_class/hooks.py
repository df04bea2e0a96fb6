class Both:
    def __init__(self, *handles):
        self.handles = handles

    def remove(self):
        for handle in self.handles:
            handle.remove()


def record_call(module):
    record = []

    def before(module, args):
        record.extend(args)

    def after(module, args, output):
        record.append(output)

    return record, Both(module.register_forward_pre_hook(before), module.register_forward_hook(after))
