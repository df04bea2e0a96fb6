import torch


def capture_gradients(model, x):
    gradients, handles = {}, []
    for name, module in model.named_modules():
        if not list(module.children()) and list(module.parameters()):
            handles.append(
                module.register_full_backward_hook(
                    lambda m, grad_input, grad_output, name=name: gradients.update({name: grad_output[0]})
                )
            )
    x = x.detach().clone().requires_grad_()
    torch.autograd.grad(model(x).sum(), x)
    for handle in handles:
        handle.remove()
    return gradients
