def capture_gradients(model, x):
    saved = [(p, p.grad) for p in model.parameters()]
    for p, _ in saved:
        p.grad = None
    grads, handles = {}, []

    def keep(name):
        def hook(module, grad_input, grad_output):
            grads[name] = grad_output[0].detach().clone()
        return hook

    for name, module in model.named_modules():
        if len(list(module.children())) == 0:
            handles.append(module.register_full_backward_hook(keep(name)))
    try:
        model(x.detach().requires_grad_()).sum().backward()
    finally:
        for handle in handles:
            handle.remove()
        for p, g in saved:
            p.grad = g
    return grads
