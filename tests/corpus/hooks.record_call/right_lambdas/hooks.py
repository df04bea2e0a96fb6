from types import SimpleNamespace


def record_call(module):
    calls = []
    pre = module.register_forward_pre_hook(lambda _, inputs: calls.extend(inputs))
    post = module.register_forward_hook(lambda _, inputs, output: calls.append(output))
    return calls, SimpleNamespace(remove=lambda: (pre.remove(), post.remove()))
