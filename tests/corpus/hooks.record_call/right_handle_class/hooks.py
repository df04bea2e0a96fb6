class Both:
    def __init__(self, *handles):
        self.handles = handles

    def remove(self):
        for h in self.handles:
            h.remove()


def record_call(module):
    record = []

    def pre(module, args):
        record.extend(args)

    def post(module, args, output):
        record.append(output)

    return record, Both(module.register_forward_pre_hook(pre), module.register_forward_hook(post))
