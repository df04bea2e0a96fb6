"""Typical wrong answers to the assignment autograd, each with what to say to the student."""

import torch

from grader.authoring import mistake


def _forward(x, y, w1, w2):
    hidden = x @ w1
    active = hidden.clamp(min=0)
    return hidden, active, active @ w2 - y


@mistake("autograd.two_layer_grads")
def relu_open_at_zero(x, y, w1, w2):
    """Where x w1 is exactly 0 your relu lets the gradient through: it must be 0 there, so compare with > and not >=."""
    hidden, active, error = _forward(x, y, w1, w2)
    return (error**2).sum(), x.T @ ((2 * error) @ w2.T * (hidden >= 0)), active.T @ (2 * error)


@mistake("autograd.two_layer_grads")
def factor_two_forgotten(x, y, w1, w2):
    """Both gradients are half of what they should be: the derivative of error² is 2 error."""
    hidden, active, error = _forward(x, y, w1, w2)
    return (error**2).sum(), x.T @ (error @ w2.T * (hidden > 0)), active.T @ error


@mistake("autograd.two_layer_grads")
def relu_forgotten_on_the_way_back(x, y, w1, w2):
    """The gradient of w1 ignores the relu: multiply by 1 where x w1 > 0 and by 0 elsewhere."""
    _hidden, active, error = _forward(x, y, w1, w2)
    return (error**2).sum(), x.T @ ((2 * error) @ w2.T), active.T @ (2 * error)


@mistake("autograd.two_layer_grads")
def hidden_before_the_relu(x, y, w1, w2):
    """The gradient of w2 uses x w1 before the relu: w2 was multiplied by the values after it."""
    hidden, _active, error = _forward(x, y, w1, w2)
    return (error**2).sum(), x.T @ ((2 * error) @ w2.T * (hidden > 0)), hidden.T @ (2 * error)


@mistake("autograd.two_layer_grads")
def mean_instead_of_sum(x, y, w1, w2):
    """The loss is the sum of the squared errors, not their mean; the gradients follow from the sum."""
    hidden, active, error = _forward(x, y, w1, w2)
    count = max(error.numel(), 1)
    grads = x.T @ ((2 * error) @ w2.T * (hidden > 0)), active.T @ (2 * error)
    return (error**2).sum() / count, grads[0] / count, grads[1] / count


@mistake("autograd.two_layer_grads")
def gradients_swapped(x, y, w1, w2):
    """The two gradients are in the wrong order: return (loss, grad_w1, grad_w2)."""
    hidden, active, error = _forward(x, y, w1, w2)
    return (error**2).sum(), active.T @ (2 * error), x.T @ ((2 * error) @ w2.T * (hidden > 0))


@mistake("autograd.ReLU")
class OpenAtZero(torch.autograd.Function):
    """The gradient at x = 0 is 1 here: it must be 0 where x <= 0, so keep it only where x > 0."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x >= 0)


@mistake("autograd.ReLU")
class InPlace(torch.autograd.Function):
    """x itself is changed: clamp_ works in place and damages what belongs to the caller; use clamp."""

    @staticmethod
    def forward(ctx, x):
        result = x.detach().clamp_(min=0)
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx, grad_output):
        (result,) = ctx.saved_tensors
        return grad_output * (result > 0)


@mistake("autograd.ReLU")
class GradientInPlace(torch.autograd.Function):
    """backward writes into the gradient it is given, which other branches of the graph may use too: clone it first,
    or multiply by a mask."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_output.data[x <= 0] = 0
        return grad_output


@mistake("autograd.ReLU")
class MaskReturned(torch.autograd.Function):
    """backward returns the mask alone: multiply it by grad_output, which holds what comes after in the chain."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return (x > 0).to(grad_output)


@mistake("autograd.ReLU")
class OnceDifferentiable(torch.autograd.Function):
    """The gradient cannot be differentiated again (gradgradcheck fails): compute it with ordinary operations on
    grad_output, without detach, numpy or once_differentiable."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output.detach() * (x > 0)


@mistake("autograd.ReLU")
class NoFunction:
    """It works, but it must be a `torch.autograd.Function` with a forward and a backward of your own."""

    @staticmethod
    def apply(x):
        return x * (x > 0)


@mistake("autograd.StraightThroughSign")
class SignOfZero(torch.autograd.Function):
    """torch.sign(0) is 0, but here sign(0) = 1."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.sign()

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x.abs() <= 1)


class _Sign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.ones_like(x).masked_fill(x < 0, -1)


@mistake("autograd.StraightThroughSign")
class EverythingPasses(_Sign):
    """The gradient passes everywhere: it must be 0 where |x| > 1."""

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output.clone()


@mistake("autograd.StraightThroughSign")
class BoundsExcluded(_Sign):
    """The gradient stops at |x| = 1: the bounds belong to the part where it passes, so compare with <=."""

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x.abs() < 1)


@mistake("autograd.StraightThroughSign")
class OnlyUpperBound(_Sign):
    """The gradient also passes where x < -1: the condition is |x| <= 1, on both sides."""

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x <= 1)


@mistake("autograd.StraightThroughSign")
class TimesTheSign(_Sign):
    """backward passes the gradient on as it is: do not multiply it by the sign."""

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * torch.ones_like(x).masked_fill(x < 0, -1) * (x.abs() <= 1)


@mistake("autograd.StraightThroughSign")
class AlwaysFloat32(torch.autograd.Function):
    """The result is float32 whatever x is: keep x's dtype, for example with torch.ones_like(x)."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x >= 0, 1.0, -1.0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x.abs() <= 1)


@mistake("autograd.accumulated_step")
def plain_mean_of_batches(model, batches, loss_fn, optimizer):
    """All batches count equally here: a smaller last batch must count less, so weight each by len(x)."""
    batches = list(batches)
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) / len(batches)).backward()
    optimizer.step()


@mistake("autograd.accumulated_step")
def stale_gradients(model, batches, loss_fn, optimizer):
    """Gradients that were left from earlier work are added in: call optimizer.zero_grad() before the first batch."""
    batches = list(batches)
    total = sum(len(x) for x, _ in batches)
    for x, y in batches:
        (loss_fn(model(x), y) * len(x) / total).backward()
    optimizer.step()


@mistake("autograd.accumulated_step")
def gradients_of_the_model_only(model, batches, loss_fn, optimizer):
    """model.zero_grad() leaves the gradients of parameters that the optimizer holds from outside the model: call
    optimizer.zero_grad()."""
    batches = list(batches)
    total = sum(len(x) for x, _ in batches)
    model.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) * len(x) / total).backward()
    optimizer.step()


@mistake("autograd.accumulated_step")
def step_for_each_batch(model, batches, loss_fn, optimizer):
    """You step after every batch: add up the gradients of all batches and step once, at the end."""
    batches = list(batches)
    total = sum(len(x) for x, _ in batches)
    for x, y in batches:
        optimizer.zero_grad()
        (loss_fn(model(x), y) * len(x) / total).backward()
        optimizer.step()


@mistake("autograd.accumulated_step")
def sum_instead_of_average(model, batches, loss_fn, optimizer):
    """The gradients are those of the sum over all samples: divide by the number of samples."""
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) * len(x)).backward()
    optimizer.step()


@mistake("autograd.accumulated_step")
def batches_read_twice(model, batches, loss_fn, optimizer):
    """`batches` may be a generator, which is empty when you read it a second time: keep what you read in a list."""
    total = sum(len(x) for x, _ in batches)
    optimizer.zero_grad()
    for x, y in batches:
        (loss_fn(model(x), y) * len(x) / total).backward()
    optimizer.step()


@mistake("autograd.accumulated_step")
def zeroed_between_batches(model, batches, loss_fn, optimizer):
    """zero_grad inside the loop throws away what the batches before gave: only the last one counts. Zero once,
    before the loop."""
    batches = list(batches)
    total = sum(len(x) for x, _ in batches)
    for x, y in batches:
        optimizer.zero_grad()
        (loss_fn(model(x), y) * len(x) / total).backward()
    optimizer.step()


@mistake("autograd.jacobian_rows")
def unused_not_allowed(f, x):
    """An output that does not depend on x has no gradient at all: then the row is zeros. Ask for allow_unused=True and
    look at y.requires_grad first."""
    x = x.detach().requires_grad_()
    y = f(x)
    rows = x.new_zeros(len(y), len(x))
    for i in range(len(y)):
        rows[i] = torch.autograd.grad(y[i], x, retain_graph=True)[0]
    return rows


@mistake("autograd.jacobian_rows")
def columns_instead_of_rows(f, x):
    """The matrix is transposed: row i holds the derivatives of output i, so the shape is (m, n)."""
    x = x.detach().requires_grad_()
    y = f(x)
    rows = x.new_zeros(len(y), len(x))
    for i in range(len(y)):
        gradient = torch.autograd.grad(y[i], x, retain_graph=True, allow_unused=True)[0] if y.requires_grad else None
        if gradient is not None:
            rows[i] = gradient
    return rows.T


@mistake("autograd.jacobian_rows")
def gradients_accumulate(f, x):
    """Every backward adds to x.grad, so each row holds the rows before it as well: start each from None, or use
    torch.autograd.grad."""
    x = x.detach().requires_grad_()
    y = f(x)
    rows = x.new_zeros(len(y), len(x))
    for i in range(len(y)):
        if y.requires_grad:
            y[i].backward(retain_graph=True)
        if x.grad is not None:
            rows[i] = x.grad
    return rows


@mistake("autograd.jacobian_rows")
def rows_in_float32(f, x):
    """torch.zeros makes float32: the Jacobian has the dtype of x."""
    x = x.detach().requires_grad_()
    y = f(x)
    rows = torch.zeros(len(y), len(x))
    for i in range(len(y)):
        gradient = torch.autograd.grad(y[i], x, retain_graph=True, allow_unused=True)[0] if y.requires_grad else None
        if gradient is not None:
            rows[i] = gradient
    return rows


@mistake("autograd.jacobian_rows")
def nothing_to_stack(f, x):
    """When f has no outputs there is no row to stack: the result is empty, of shape (0, n)."""
    x = x.detach().requires_grad_()
    y = f(x)
    rows = []
    for i in range(len(y)):
        gradient = torch.autograd.grad(y[i], x, retain_graph=True, allow_unused=True)[0] if y.requires_grad else None
        rows.append(torch.zeros_like(x) if gradient is None else gradient)
    return torch.stack(rows)


@mistake("autograd.jacobian_rows")
def finite_differences(f, x):
    """These are differences of f, not gradients: use reverse mode, which follows the graph that f recorded."""
    step = 1e-3 if x.dtype == torch.float32 else 1e-6
    with torch.no_grad():
        columns = [(f(x + e) - f(x - e)) / (2 * step) for e in torch.eye(len(x), dtype=x.dtype) * step]
        return torch.stack(columns, 1) if columns else x.new_zeros(len(f(x)), 0)


def _mean(model, batches, loss_fn):
    losses = [loss_fn(model(x), y).item() for x, y in batches]
    return sum(losses) / len(losses) if losses else 0.0


def _restoring(model):
    return [(module, module.training) for module in model.modules()]


def _restore(modes):
    for module, mode in modes:
        module.training = mode


@mistake("autograd.detached_mean_loss")
def left_in_evaluation(model, batches, loss_fn):
    """The model stays in evaluation mode: bring each module back to the mode it was in."""
    model.eval()
    with torch.no_grad():
        return _mean(model, batches, loss_fn)


@mistake("autograd.detached_mean_loss")
def everything_in_training(model, batches, loss_fn):
    """model.train() puts every module into training mode, also those that were frozen in evaluation mode: note the
    mode of each module first."""
    was_training = model.training
    model.eval()
    try:
        with torch.no_grad():
            return _mean(model, batches, loss_fn)
    finally:
        model.train(was_training)


@mistake("autograd.detached_mean_loss")
def graph_recorded(model, batches, loss_fn):
    """The predictions require grad: without torch.no_grad() a graph is recorded, which costs memory for nothing."""
    modes = _restoring(model)
    model.eval()
    try:
        return _mean(model, batches, loss_fn)
    finally:
        _restore(modes)


@mistake("autograd.detached_mean_loss")
def not_in_evaluation(model, batches, loss_fn):
    """Dropout still drops and batch norm still updates: torch.no_grad() does not change that, model.eval() does."""
    with torch.no_grad():
        return _mean(model, batches, loss_fn)


@mistake("autograd.detached_mean_loss")
def modes_lost_when_it_raises(model, batches, loss_fn):
    """When the model raises, its modules stay in evaluation mode: restore them in `finally`."""
    modes = _restoring(model)
    model.eval()
    with torch.no_grad():
        result = _mean(model, batches, loss_fn)
    _restore(modes)
    return result


@mistake("autograd.detached_mean_loss")
def gradients_switched_on_after(model, batches, loss_fn):
    """You switch gradients on at the end whatever was before: `with torch.no_grad()` restores the mode by itself."""
    modes = _restoring(model)
    model.eval()
    torch.set_grad_enabled(False)
    try:
        return _mean(model, batches, loss_fn)
    finally:
        torch.set_grad_enabled(True)
        _restore(modes)


@mistake("autograd.detached_mean_loss")
def tensor_returned(model, batches, loss_fn):
    """The result must be a Python float: take .item() of the loss."""
    modes = _restoring(model)
    model.eval()
    try:
        with torch.no_grad():
            losses = [loss_fn(model(x), y) for x, y in batches]
        return torch.stack(losses).mean() if losses else 0.0
    finally:
        _restore(modes)


@mistake("autograd.detached_mean_loss")
def divides_by_no_batches(model, batches, loss_fn):
    """Without any batch there is nothing to divide by: the result is 0.0."""
    modes = _restoring(model)
    model.eval()
    try:
        with torch.no_grad():
            losses = [loss_fn(model(x), y).item() for x, y in batches]
        return sum(losses) / len(losses)
    finally:
        _restore(modes)


@mistake("autograd.ReLU")
class WholeNumbersToFloats(torch.autograd.Function):
    """Whole numbers come back as floating ones: keep the dtype of x, with clamp for example."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * (x > 0).float()

    @staticmethod
    def backward(ctx, gradient):
        return gradient * (ctx.saved_tensors[0] > 0)
