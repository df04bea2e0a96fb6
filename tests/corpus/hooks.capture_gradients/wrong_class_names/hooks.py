import torch


def capture_gradients(model, x):
    gradients, handles = {}, []
    for module in model.modules():
        if not list(module.children()):
            handles.append(
                module.register_full_backward_hook(
                    lambda m, grad_input, grad_output: gradients.update({type(m).__name__: grad_output[0]})
                )
            )
    x = x.detach().clone().requires_grad_()
    torch.autograd.grad(model(x).sum(), x)
    for handle in handles:
        handle.remove()
    return gradients
