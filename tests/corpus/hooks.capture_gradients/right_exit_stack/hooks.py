from contextlib import ExitStack
from functools import partial


def note(found, name, _module, _grad_input, grad_output):
    (found[name],) = (g.detach() for g in grad_output[:1])


def capture_gradients(model, x):
    found = {}
    probe = x.detach().clone()
    probe.requires_grad = True
    with ExitStack() as stack:
        for name, module in model.named_modules():
            if any(True for _ in module.children()):
                continue
            stack.callback(module.register_full_backward_hook(partial(note, found, name)).remove)
        model(probe).sum().backward(inputs=[probe])
    return found
