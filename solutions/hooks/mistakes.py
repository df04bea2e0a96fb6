"""Typical wrong answers to the assignment hooks, each with what to say to the student."""

from functools import partial

import torch
from torch import nn

from grader.authoring import mistake


class _Package:
    """A right one, from which the wrong ones differ in one place."""

    def __init__(self, programs):
        self.programs, self.pre_hooks, self.hooks = list(programs), {}, {}

    def add(self, hooks, f):
        class Handle:
            def remove(self):
                hooks.pop(self, None)

        handle = Handle()
        hooks[handle] = f
        return handle

    def add_pre_hook(self, f):
        return self.add(self.pre_hooks, f)

    def add_hook(self, f):
        return self.add(self.hooks, f)

    def through(self, hooks, value):
        for handle, hook in list(hooks.items()):
            if handle in hooks:
                result = hook(value)
                value = value if result is None else result
        return value

    def __call__(self, x):
        for program in self.programs:
            x = self.through(self.hooks, program(self.through(self.pre_hooks, x)))
        return x


@mistake("hooks.Package")
class FalseIsUnchanged(_Package):
    """A hook that returns 0, '' or an empty list is ignored: only None means unchanged, so compare with `is None`."""

    def through(self, hooks, value):
        for hook in list(hooks.values()):
            value = hook(value) or value
        return value


@mistake("hooks.Package")
class WalksOverTheLiveList(_Package):
    """When a hook removes itself, the one after it is skipped: you walk over the list that the removal changes. Walk
    over a copy."""

    def __init__(self, programs):
        self.programs, self.pre_hooks, self.hooks = list(programs), [], []

    def add(self, hooks, f):
        class Handle:
            def remove(self):
                hooks.remove(entry)

        entry = [f]
        hooks.append(entry)
        return Handle()

    def through(self, hooks, value):
        for (hook,) in hooks:
            result = hook(value)
            value = value if result is None else result
        return value


@mistake("hooks.Package")
class WalksOverTheLiveDict(_Package):
    """A hook that is removed during the run makes the loop fail, because the dict shrinks: walk over a copy."""

    def through(self, hooks, value):
        for hook in hooks.values():
            result = hook(value)
            value = value if result is None else result
        return value


@mistake("hooks.Package")
class HooksAroundTheWholeRun(_Package):
    """The hooks run once around the whole package: they belong around each program."""

    def __call__(self, x):
        x = self.through(self.pre_hooks, x)
        for program in self.programs:
            x = program(x)
        return self.through(self.hooks, x) if self.programs else x


@mistake("hooks.Package")
class ResultsIgnored(_Package):
    """What a hook returns must replace the value, unless it is None."""

    def through(self, hooks, value):
        for hook in list(hooks.values()):
            hook(value)
        return value


@mistake("hooks.Package")
class NoneReplaces(_Package):
    """A hook that returns None must leave the value as it is."""

    def through(self, hooks, value):
        for hook in list(hooks.values()):
            value = hook(value)
        return value


@mistake("hooks.Package")
class OneHookForEachFunction(_Package):
    """A function that is added twice must be called twice, and each handle removes one of the two: do not use the
    function itself as the key."""

    def add(self, hooks, f):
        class Handle:
            def remove(self):
                hooks.pop(f, None)

        hooks[f] = f
        return Handle()

    def through(self, hooks, value):
        for hook in list(hooks.values()):
            result = hook(value)
            value = value if result is None else result
        return value


@mistake("hooks.Package")
class HooksSharedByAll(_Package):
    """All packages share one collection of hooks: make it in __init__, not in the class."""

    shared_pre, shared = {}, {}

    def __init__(self, programs):
        self.programs, self.pre_hooks, self.hooks = list(programs), self.shared_pre, self.shared


def _capture(model, names, x, keep):
    modules = dict(model.named_modules())
    chosen = {name: modules[name] for name in names}
    outputs = {}

    def hook(name, module, args, output):
        keep(outputs, name, output)

    handles = [module.register_forward_hook(partial(hook, name)) for name, module in chosen.items()]
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return outputs


@mistake("hooks.capture_activations")
def not_copied(model, names, x):
    """The next layer changed your tensor in place: detach() shares its memory, so add clone()."""
    return _capture(model, names, x, lambda outputs, name, output: outputs.update({name: output.detach()}))


@mistake("hooks.capture_activations")
def not_detached(model, names, x):
    """The tensors still hang in the graph: detach them."""
    return _capture(model, names, x, lambda outputs, name, output: outputs.update({name: output.clone()}))


@mistake("hooks.capture_activations")
def first_output_kept(model, names, x):
    """A module that is called twice must be reported with its last output, not its first."""
    return _capture(model, names, x, lambda outputs, name, output: outputs.setdefault(name, output.detach().clone()))


@mistake("hooks.capture_activations")
def hooks_left_behind(model, names, x):
    """Your hooks stay on the model: keep the handles and remove them."""
    modules = dict(model.named_modules())
    outputs = {}
    for name, module in [(name, modules[name]) for name in names]:
        module.register_forward_hook(
            lambda module, args, output, name=name: outputs.update({name: output.detach().clone()})
        )
    model(x)
    return outputs


@mistake("hooks.capture_activations")
def hooks_left_when_it_raises(model, names, x):
    """When forward raises, your hooks stay on the model: remove them in `finally`."""
    modules = dict(model.named_modules())
    outputs = {}

    def keep(name, module, args, output):
        outputs[name] = output.detach().clone()

    handles = [module.register_forward_hook(partial(keep, name)) for name, module in [(n, modules[n]) for n in names]]
    model(x)
    for handle in handles:
        handle.remove()
    return outputs


@mistake("hooks.capture_activations")
def hooks_of_others_removed(model, names, x):
    """You removed the hooks of others too: remove yours through their handles instead of clearing the dict."""
    outputs = _capture(model, names, x, lambda outputs, name, output: outputs.update({name: output.detach().clone()}))
    for name in names:
        model.get_submodule(name)._forward_hooks.clear()
    return outputs


@mistake("hooks.capture_activations")
def unknown_names_skipped(model, names, x):
    """A name that the model does not have is passed over: it must raise KeyError."""
    known = dict(model.named_modules())
    return _capture(
        model,
        [name for name in names if name in known],
        x,
        lambda outputs, name, output: outputs.update({name: output.detach().clone()}),
    )


@mistake("hooks.capture_activations")
def unknown_name_found_late(model, names, x):
    """The KeyError comes after the model ran (or after hooks were registered): look up all the names first."""
    known = [name for name in names if name in dict(model.named_modules())]
    outputs = _capture(model, known, x, lambda outputs, name, output: outputs.update({name: output.detach().clone()}))
    return {name: outputs[name] for name in names}


@mistake("hooks.capture_activations")
def switched_to_evaluation(model, names, x):
    """You put the model into evaluation mode: run the forward in the mode it is in."""
    model.eval()
    return _capture(model, names, x, lambda outputs, name, output: outputs.update({name: output.detach().clone()}))


def _capture_gradients(model, x, leaves, place=0, backward=False, inner=False):
    gradients = {}

    def keep(name, module, grad_input, grad_output):
        gradients[name] = (grad_input if inner else grad_output)[place]

    modules = [(name, module) for name, module in model.named_modules() if leaves(module)]
    handles = [module.register_full_backward_hook(partial(keep, name)) for name, module in modules]
    try:
        x = x.detach().requires_grad_()
        if backward:
            model(x).sum().backward()
        else:
            torch.autograd.grad(model(x).sum(), x)
    finally:
        for handle in handles:
            handle.remove()
    return gradients


def _is_leaf(module):
    return not list(module.children())


@mistake("hooks.capture_gradients")
def gradients_accumulated(model, x):
    """backward() added to the .grad of every parameter: use torch.autograd.grad, or bring back what was there."""
    return _capture_gradients(model, x, _is_leaf, backward=True)


@mistake("hooks.capture_gradients")
def gradients_thrown_away(model, x):
    """zero_grad() at the end also throws away the gradients that were there before: use torch.autograd.grad."""
    gradients = _capture_gradients(model, x, _is_leaf, backward=True)
    model.zero_grad()
    return gradients


@mistake("hooks.capture_gradients")
def only_modules_with_parameters(model, x):
    """Modules without parameters, such as ReLU, are missing: every module without children counts."""
    return _capture_gradients(model, x, lambda module: _is_leaf(module) and any(True for _ in module.parameters()))


@mistake("hooks.capture_gradients")
def containers_too(model, x):
    """Containers are in your result: only leaf modules, which have no children, belong there."""
    return _capture_gradients(model, x, lambda module: True)


@mistake("hooks.capture_gradients")
def gradient_of_the_input(model, x):
    """You keep grad_input, the gradient by the module's input: grad_output is the one by its output."""
    return _capture_gradients(model, x, _is_leaf, inner=True)


@mistake("hooks.capture_gradients")
def input_needs_no_gradient(model, x):
    """A layer without trainable parameters at the beginning is missing: no gradient reaches it unless x requires
    grad. Use x.detach().requires_grad_()."""
    gradients = {}

    def keep(name, module, grad_input, grad_output):
        gradients[name] = grad_output[0]

    modules = [(name, module) for name, module in model.named_modules() if _is_leaf(module)]
    handles = [module.register_full_backward_hook(partial(keep, name)) for name, module in modules]
    torch.autograd.grad(model(x).sum(), [p for p in model.parameters() if p.requires_grad])
    for handle in handles:
        handle.remove()
    return gradients


@mistake("hooks.capture_gradients")
def backward_hooks_left_behind(model, x):
    """Your hooks stay on the model: keep the handles and remove them."""
    gradients = {}

    def keep(name, module, grad_input, grad_output):
        gradients[name] = grad_output[0]

    for name, module in model.named_modules():
        if _is_leaf(module):
            module.register_full_backward_hook(partial(keep, name))
    x = x.detach().requires_grad_()
    torch.autograd.grad(model(x).sum(), x)
    return gradients


class _Handles:
    def __init__(self, *handles):
        self.handles = handles

    def remove(self):
        for handle in self.handles:
            handle.remove()


@mistake("hooks.record_call")
def inputs_as_one_tuple(module):
    """The list holds the tuple of the inputs as one entry: extend it with args, so that x1 and x2 are two entries."""
    calls = []
    first = module.register_forward_pre_hook(lambda module, args: calls.append(args))
    second = module.register_forward_hook(lambda module, args, output: calls.append(output))
    return calls, _Handles(first, second)


@mistake("hooks.record_call")
def handle_of_the_second_hook(module):
    """The handle removes only the forward hook; the pre-hook goes on recording: it must remove both."""
    calls = []
    module.register_forward_pre_hook(lambda module, args: calls.extend(args))
    return calls, module.register_forward_hook(lambda module, args, output: calls.append(output))


@mistake("hooks.record_call")
def output_recorded_first(module):
    """The output comes before the inputs: record the inputs in a pre-hook, so the order is x1, x2, output."""
    calls = []

    def after(module, args, output):
        calls.append(output)
        calls.extend(args)

    return calls, module.register_forward_hook(after)


@mistake("hooks.record_call")
def all_hooks_cleared(module):
    """remove() takes away the hooks of others too: remove only your own two handles."""
    calls = []
    module.register_forward_pre_hook(lambda module, args: calls.extend(args))
    module.register_forward_hook(lambda module, args, output: calls.append(output))

    class Handle:
        def remove(self):
            module._forward_pre_hooks.clear()
            module._forward_hooks.clear()

    return calls, Handle()


@mistake("hooks.record_call")
def output_replaced(module):
    """Your hook changes what the module gives: a hook that only looks returns None."""
    calls = []

    def after(module, args, output):
        calls.append(output)
        return output.detach().clone().zero_()

    first = module.register_forward_pre_hook(lambda module, args: calls.extend(args))
    return calls, _Handles(first, module.register_forward_hook(after))


@mistake("hooks.add_five")
def nothing_returned(module, args, output):
    """The sum is thrown away: a forward hook changes the output by returning the new one."""
    output = output + 5


@mistake("hooks.add_five")
def five_in_place(module, args, output):
    """You change the output in place, which may be the module's input or be needed for its gradient: return a new
    tensor."""
    return output.add_(5)


@mistake("hooks.add_five")
def five_added_to_the_input(module, args, output):
    """You add 5 to the input: it is the module's output that must grow by 5."""
    return args[0] + 5


@mistake("hooks.add_five")
def five_on_a_detached_output(module, args, output):
    """No gradient flows any more: do not detach (or use .data of) the output."""
    return output.detach() + 5


@mistake("hooks.add_five")
def five_in_float(module, args, output):
    """An integer output became floating: add the int 5 and not 5.0."""
    return output + 5.0


@mistake("hooks.unit_gradients")
def none_is_divided(module, grad_input, grad_output):
    """A gradient may be None: leave it None, and leave it out of the sum."""
    total = sum(grad_input)
    return tuple(gradient / total for gradient in grad_input)


@mistake("hooks.unit_gradients")
def zeros_for_none(module, grad_input, grad_output):
    """An input without a gradient must keep None: do not put zeros in its place."""
    gradients = [torch.zeros_like(grad_output[0]) if gradient is None else gradient for gradient in grad_input]
    return tuple(gradient / sum(gradients) for gradient in gradients)


@mistake("hooks.unit_gradients")
def divided_by_the_norm(module, grad_input, grad_output):
    """You divide by the length of the vector of gradients: divide by their sum, so that the sum becomes 1."""
    norm = sum(gradient**2 for gradient in grad_input if gradient is not None)
    return tuple(None if gradient is None else gradient / norm**0.5 for gradient in grad_input)


@mistake("hooks.unit_gradients")
def sum_of_absolute_values(module, grad_input, grad_output):
    """You divide by the sum of the absolute values: with a negative gradient the results do not sum to 1."""
    total = sum(gradient.abs() for gradient in grad_input if gradient is not None)
    return tuple(None if gradient is None else gradient / total for gradient in grad_input)


@mistake("hooks.unit_gradients")
def divided_in_place(module, grad_input, grad_output):
    """You divide in place, but both gradients may be one and the same tensor, which is then divided twice: make new
    tensors."""
    total = sum(gradient for gradient in grad_input if gradient is not None)
    for gradient in grad_input:
        if gradient is not None:
            gradient.div_(total)
    return grad_input


@mistake("hooks.unit_gradients")
def gradient_of_the_output(module, grad_input, grad_output):
    """You divide by the gradient of the output: the gradients that leave the module are those in grad_input."""
    return tuple(None if gradient is None else gradient / grad_output[0] for gradient in grad_input)


@mistake("hooks.record_weight_gradient")
def gradient_replaced(parameter):
    """Your hook returns something, and that replaces the gradient: return None."""
    gradients = []

    def keep(gradient):
        gradients.append(gradient.clone())
        return gradient * 0

    return gradients, parameter.register_hook(keep)


@mistake("hooks.record_weight_gradient")
def accumulated_gradients(parameter):
    """The list holds .grad, the sum over all backwards: use parameter.register_hook, which gets each gradient."""
    gradients = []
    return gradients, parameter.register_post_accumulate_grad_hook(lambda p: gradients.append(p.grad.clone()))


@mistake("hooks.record_weight_gradient")
def last_gradient_only(parameter):
    """Only the latest gradient is in the list: append each one."""
    gradients = []

    def keep(gradient):
        gradients[:] = [gradient.clone()]

    return gradients, parameter.register_hook(keep)


@mistake("hooks.record_weight_gradient")
def handle_that_does_nothing(parameter):
    """After handle.remove() the list still grows: return the handle that register_hook gives."""
    gradients = []
    parameter.register_hook(lambda gradient: gradients.append(gradient.clone()))
    return gradients, _Handles()


@mistake("hooks.scale_input")
def others_dropped(module, factor):
    """The second input gets lost: return all inputs, the first one multiplied."""
    return module.register_forward_pre_hook(lambda module, args: (args[0] * factor,))


@mistake("hooks.scale_input")
def all_inputs_scaled(module, factor):
    """You multiply every input: only the first one is to be scaled."""
    return module.register_forward_pre_hook(lambda module, args: tuple(arg * factor for arg in args))


@mistake("hooks.scale_input")
def input_in_place(module, factor):
    """You change the caller's tensor in place: make a new one with args[0] * factor."""

    def scale(module, args):
        args[0].data.mul_(factor)

    return module.register_forward_pre_hook(scale)


@mistake("hooks.scale_input")
def output_scaled(module, factor):
    """You multiply the output, which is not the same for most modules: scale the input in a forward pre-hook."""
    return module.register_forward_hook(lambda module, args, output: output * factor)


@mistake("hooks.scale_input")
def second_replaces_the_first(module, factor):
    """A second call takes away the hook of the first: two of them must multiply."""
    for hook_id, hook in list(module._forward_pre_hooks.items()):
        if getattr(hook, "scales", False):
            del module._forward_pre_hooks[hook_id]

    def scale(module, args):
        return (args[0] * factor, *args[1:])

    scale.scales = True
    return module.register_forward_pre_hook(scale)


@mistake("hooks.clip_gradients")
def clipped_after_accumulation(model, limit):
    """You clip .grad after the new gradient was added: clip the new gradient itself, in a tensor hook."""

    def clip(parameter):
        parameter.grad.clamp_(-limit, limit)

    return [p.register_post_accumulate_grad_hook(clip) for p in model.parameters() if p.requires_grad]


@mistake("hooks.clip_gradients")
def frozen_parameters_too(model, limit):
    """A parameter that does not require grad takes no hook and raises: leave it out."""
    return [p.register_hook(lambda gradient: gradient.clamp(-limit, limit)) for p in model.parameters()]


@mistake("hooks.clip_gradients")
def clipped_above_only(model, limit):
    """Large negative gradients pass: clamp into [-limit, limit]."""
    return [p.register_hook(lambda gradient: gradient.clamp(max=limit)) for p in model.parameters() if p.requires_grad]


@mistake("hooks.clip_gradients")
def scaled_by_the_norm(model, limit):
    """You scale the whole gradient by its norm: clamp element by element."""

    def clip(gradient):
        norm = gradient.norm()
        return gradient * (limit / norm) if norm > limit else gradient

    return [p.register_hook(clip) for p in model.parameters() if p.requires_grad]


@mistake("hooks.clip_gradients")
def handles_not_returned(model, limit):
    """Return the list of handles, one for each hook, so that the caller can remove them."""
    for p in model.parameters():
        if p.requires_grad:
            p.register_hook(lambda gradient: gradient.clamp(-limit, limit))
    return []


class _Alarm:
    """A right one, from which the wrong ones differ in one place."""

    def __init__(self, model: nn.Module, threshold):
        self.model, self.threshold, self.fired, self.handles = model, threshold, [], []

    def __enter__(self):
        self.handles = [self.model.register_full_backward_pre_hook(self.begin)]
        for name, parameter in self.model.named_parameters():
            if parameter.requires_grad:
                self.handles.append(parameter.register_hook(partial(self.look, name)))
        return self

    def begin(self, module, grad_output):
        self.fired = []

    def look(self, name, gradient):
        if gradient.norm() > self.threshold:
            self.fired = sorted([*self.fired, name])

    def __exit__(self, *error):
        for handle in self.handles:
            handle.remove()


@mistake("hooks.GradientAlarm")
class NeverForgets(_Alarm):
    """Names of earlier backwards stay in the list: each backward starts a new one."""

    def begin(self, module, grad_output):
        pass

    def look(self, name, gradient):
        if gradient.norm() > self.threshold and name not in self.fired:
            self.fired = sorted([*self.fired, name])


@mistake("hooks.GradientAlarm")
class UnreachedStayListed(_Alarm):
    """A parameter that the latest backward does not reach is still listed from before: empty the list when a new
    backward begins."""

    def begin(self, module, grad_output):
        pass

    def look(self, name, gradient):
        names = {*self.fired} - {name}
        self.fired = sorted(names | ({name} if gradient.norm() > self.threshold else set()))


@mistake("hooks.GradientAlarm")
class NormOfTheSum(_Alarm):
    """You look at .grad, which also holds earlier gradients: the norm of this backward's gradient counts."""

    def __enter__(self):
        self.handles = [self.model.register_full_backward_pre_hook(self.begin)]
        for name, parameter in self.model.named_parameters():
            if parameter.requires_grad:
                hook = partial(self.look_at, name)
                self.handles.append(parameter.register_post_accumulate_grad_hook(hook))
        return self

    def look_at(self, name, parameter):
        self.look(name, parameter.grad)


@mistake("hooks.GradientAlarm")
class ModelOrder(_Alarm):
    """The names stand in the order in which the gradients came: sort them."""

    def look(self, name, gradient):
        if gradient.norm() > self.threshold:
            self.fired = [*self.fired, name]


@mistake("hooks.GradientAlarm")
class EqualCounts(_Alarm):
    """A norm equal to the threshold does not count: compare with >."""

    def look(self, name, gradient):
        if gradient.norm() >= self.threshold:
            self.fired = sorted([*self.fired, name])


@mistake("hooks.GradientAlarm")
class GreatestElement(_Alarm):
    """You compare the greatest element: compare the norm of the whole gradient."""

    def look(self, name, gradient):
        if gradient.abs().max() > self.threshold:
            self.fired = sorted([*self.fired, name])


@mistake("hooks.GradientAlarm")
class HooksStay(_Alarm):
    """Your hooks stay on the model after the block: remove the handles in __exit__."""

    def __exit__(self, *error):
        return None


@mistake("hooks.GradientAlarm")
class SwallowsExceptions(_Alarm):
    """An exception inside the block disappears: __exit__ must not return True."""

    def __exit__(self, *error):
        super().__exit__()
        return True


@mistake("hooks.GradientAlarm")
class FrozenParametersToo(_Alarm):
    """A parameter that does not require grad takes no hook and raises: leave it out."""

    def __enter__(self):
        self.handles = [self.model.register_full_backward_pre_hook(self.begin)]
        for name, parameter in self.model.named_parameters():
            self.handles.append(parameter.register_hook(partial(self.look, name)))
        return self


@mistake("hooks.record_weight_gradient")
def kept_without_a_copy(parameter):
    """You keep the gradient itself, or a detached view of its memory: it may become .grad, to which later gradients are
    added in place. Keep a copy, gradient.clone()."""
    gradients = []

    def keep(gradient):
        gradients.append(gradient.detach())

    return gradients, parameter.register_hook(keep)


@mistake("hooks.Package")
class RemovesAnEqualHook(_Package):
    """remove() takes away the first hook that equals its own: the same function may be there twice, and objects may
    equal others. Let a handle know its own entry."""

    def __init__(self, programs):
        super().__init__(programs)
        self.pre_hooks, self.hooks = [], []

    def add(self, hooks, f):
        class Handle:
            def remove(self):
                if f in hooks:
                    hooks.remove(f)

        hooks.append(f)
        return Handle()

    def through(self, hooks, value):
        for hook in list(hooks):
            if hook in hooks:
                result = hook(value)
                value = value if result is None else result
        return value


@mistake("hooks.record_call")
def hooks_on_all_modules(module):
    """Your hooks hang on all modules there are, of whatever model: register them on this module."""
    calls = []
    everywhere = torch.nn.modules.module
    first = everywhere.register_module_forward_pre_hook(lambda m, args: calls.extend(args))
    second = everywhere.register_module_forward_hook(lambda m, args, output: calls.append(output))

    class Both:
        def remove(self):
            first.remove()
            second.remove()

    return calls, Both()
