def accumulated_step(model, batches, loss_fn, optimizer):
    optimizer.zero_grad(set_to_none=True)
    seen = 0
    for x, y in batches:
        (loss_fn(model(x), y) * len(x)).backward()
        seen += len(x)
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            if parameter.grad is not None:
                parameter.grad.div_(seen)
    optimizer.step()
