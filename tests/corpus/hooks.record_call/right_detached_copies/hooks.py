class Handle(list):
    def remove(self):
        while self:
            self.pop().remove()


def record_call(module):
    log = []

    def on_inputs(module, args, kwargs):
        log.extend(a.detach().clone() for a in args)

    def on_output(module, args, kwargs, output):
        log.append(output.detach().clone())

    handle = Handle()
    handle.append(module.register_forward_pre_hook(on_inputs, with_kwargs=True))
    handle.append(module.register_forward_hook(on_output, with_kwargs=True))
    return (log, handle)
