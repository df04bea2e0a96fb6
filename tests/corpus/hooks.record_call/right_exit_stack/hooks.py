from contextlib import ExitStack


class _Handle(ExitStack):
    def remove(self) -> None:
        self.close()


class _Recorder(list):
    def see_inputs(self, module, args) -> None:
        x1, x2 = args
        self += [x1, x2]

    def see_output(self, module, args, output) -> None:
        self += [output]


def record_call(module):
    recorder, handle = _Recorder(), _Handle()
    handle.callback(module.register_forward_hook(recorder.see_output).remove)
    handle.callback(module.register_forward_pre_hook(recorder.see_inputs).remove)
    return recorder, handle
