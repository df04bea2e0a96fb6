import torch


def shares(gradients):
    whole = torch.stack([g.view(-1)[0] for g in gradients if g is not None] or [torch.ones(())]).sum()
    for g in gradients:
        yield g if g is None else g.div(whole)


def unit_gradients(module, grad_input, grad_output):
    return (*shares(grad_input),)
