import copy


def capture_gradients(model, x):
    twin = copy.deepcopy(model)
    result = {}
    for name, module in twin.named_modules():
        if not any(True for _ in module.children()):
            module.register_full_backward_hook(
                lambda module, grad_input, grad_output, name=name: result.update({name: grad_output[0]})
            )
    x = x.detach().clone()
    x.requires_grad = True
    twin(x).sum().backward()
    return result
