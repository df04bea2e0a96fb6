import torch


def capture_gradients(model, x):
    gradients, handles = {}, []
    for name, module in model.named_modules():
        if not list(module.children()):
            handles.append(
                module.register_full_backward_hook(
                    lambda m, grad_input, grad_output, name=name: gradients.update({name: grad_output[0].detach().clone()})
                )
            )
    try:
        x = x.detach().clone().requires_grad_()
        inputs = [x] + [p for p in model.parameters() if p.requires_grad]
        torch.autograd.grad(model(x).sum(), inputs, allow_unused=True)
    finally:
        for handle in handles:
            handle.remove()
    return gradients
