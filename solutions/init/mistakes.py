"""Typical wrong answers to the assignment init, each with what to say to the student."""

from collections import Counter

import torch
from torch import nn

from grader.authoring import mistake

# init_constant ----------------------------------------------------------------------------------------------------


@mistake("init.init_constant")
def exact_type_only(model, weight, bias):
    """Layers of a class derived from nn.Linear are left out: ask isinstance(module, nn.Linear), not for the type."""

    def fill(module):
        if type(module) is nn.Linear:
            nn.init.constant_(module.weight, weight)
            if module.bias is not None:
                nn.init.constant_(module.bias, bias)

    return model.apply(fill)


@mistake("init.init_constant")
def parameters_replaced(model, weight, bias):
    """You put new parameters in the place of the old ones: an optimizer still holds the old ones, and a frozen layer
    is frozen no longer. Fill the parameters that are there."""

    def fill(module):
        if isinstance(module, nn.Linear):
            module.weight = nn.Parameter(torch.full_like(module.weight, weight))
            if module.bias is not None:
                module.bias = nn.Parameter(torch.full_like(module.bias, bias))

    return model.apply(fill)


@mistake("init.init_constant")
def requires_grad_switched_off(model, weight, bias):
    """requires_grad is gone: your parameters will not be trained any more. nn.init.constant_ fills them without a
    change of that kind."""

    def fill(module):
        if isinstance(module, nn.Linear):
            module.weight.requires_grad_(False).fill_(weight)
            if module.bias is not None:
                module.bias.requires_grad_(False).fill_(bias)

    return model.apply(fill)


@mistake("init.init_constant")
def every_layer_has_a_bias(model, weight, bias):
    """A Linear made with bias=False has bias None: ask before you fill it."""

    def fill(module):
        if isinstance(module, nn.Linear):
            nn.init.constant_(module.weight, weight)
            nn.init.constant_(module.bias, bias)

    return model.apply(fill)


@mistake("init.init_constant")
def direct_children_only(model, weight, bias):
    """Only the direct children are filled: apply goes to any depth, and to the model itself."""
    for module in model.children():
        if isinstance(module, nn.Linear):
            nn.init.constant_(module.weight, weight)
            if module.bias is not None:
                nn.init.constant_(module.bias, bias)
    return model


@mistake("init.init_constant")
def everything_with_a_weight(model, weight, bias):
    """Other layers have a weight and a bias, too, a batch norm for example: fill nn.Linear only."""

    def fill(module):
        if getattr(module, "weight", None) is not None:
            nn.init.constant_(module.weight, weight)
        if getattr(module, "bias", None) is not None:
            nn.init.constant_(module.bias, bias)

    return model.apply(fill)


@mistake("init.init_constant")
def constant_without_apply(model, weight, bias):
    """The values are right, but the task is to let `model.apply` do the visiting: a module may say how it is
    visited."""
    for module in model.modules():
        if isinstance(module, nn.Linear):
            nn.init.constant_(module.weight, weight)
            if module.bias is not None:
                nn.init.constant_(module.bias, bias)
    return model


# init_by_type -----------------------------------------------------------------------------------------------------


def _by_type(conv, linear, norm=None):
    """Return an init_by_type that differs in how weights are drawn."""

    def initialise(model, seed):
        generator = torch.Generator().manual_seed(seed)

        def visit(module):
            if isinstance(module, nn.Conv2d):
                conv(module.weight, generator)
            elif isinstance(module, nn.Linear):
                linear(module.weight, generator)
            elif isinstance(module, nn.modules.batchnorm._BatchNorm) and module.affine:
                (norm or nn.init.ones_)(module.weight)
            else:
                return
            if module.bias is not None:
                nn.init.zeros_(module.bias)

        model.apply(visit)

    return initialise


def _kaiming(weight, generator):
    nn.init.kaiming_uniform_(weight, nonlinearity="relu", generator=generator)


def _xavier(weight, generator):
    nn.init.xavier_uniform_(weight, generator=generator)


@mistake("init.init_by_type")
def global_generator_seeded(model, seed):
    """torch.manual_seed moves the generator that the whole program draws from: use a torch.Generator of your own, or
    torch.random.fork_rng()."""
    torch.manual_seed(seed)
    _by_type(lambda w, _: nn.init.kaiming_uniform_(w, nonlinearity="relu"), lambda w, _: nn.init.xavier_uniform_(w))(
        model, seed
    )


@mistake("init.init_by_type")
def seed_not_used(model, seed):
    """The weights do not follow from the seed: with the same seed, two models differ."""
    state = torch.get_rng_state()
    _by_type(lambda w, _: nn.init.kaiming_uniform_(w, nonlinearity="relu"), lambda w, _: nn.init.xavier_uniform_(w))(
        model, seed
    )
    torch.set_rng_state(state)


@mistake("init.init_by_type")
def default_slope(model, seed):
    """kaiming_uniform_ assumes a leaky ReLU unless you say nonlinearity="relu": the bounds are those of another
    distribution when you pass a slope, as PyTorch's own layers do."""
    _by_type(lambda w, g: nn.init.kaiming_uniform_(w, a=5**0.5, generator=g), _xavier)(model, seed)


@mistake("init.init_by_type")
def fan_out(model, seed):
    """The convolutions use fan_out: the bound must come from the number of inputs, mode="fan_in"."""
    _by_type(lambda w, g: nn.init.kaiming_uniform_(w, mode="fan_out", nonlinearity="relu", generator=g), _xavier)(
        model, seed
    )


@mistake("init.init_by_type")
def normal_instead_of_uniform(model, seed):
    """You draw from normal distributions: the weights must be uniform."""
    _by_type(
        lambda w, g: nn.init.kaiming_normal_(w, nonlinearity="relu", generator=g),
        lambda w, g: nn.init.xavier_normal_(w, generator=g),
    )(model, seed)


@mistake("init.init_by_type")
def the_two_swapped(model, seed):
    """Kaiming belongs to Conv2d and Xavier to Linear: here it is the other way round."""
    _by_type(_xavier, _kaiming)(model, seed)


@mistake("init.init_by_type")
def norms_to_zero(model, seed):
    """The weight of a batch norm must be 1: with 0, everything behind it is gone."""
    _by_type(_kaiming, _xavier, nn.init.zeros_)(model, seed)


@mistake("init.init_by_type")
def biases_forgotten(model, seed):
    """The biases keep their old values: those of Conv2d and Linear must be 0."""
    generator = torch.Generator().manual_seed(seed)

    def visit(module):
        if isinstance(module, nn.Conv2d):
            _kaiming(module.weight, generator)
        elif isinstance(module, nn.Linear):
            _xavier(module.weight, generator)
        elif isinstance(module, nn.modules.batchnorm._BatchNorm) and module.affine:
            nn.init.ones_(module.weight)
            nn.init.zeros_(module.bias)

    model.apply(visit)


# apply_order ------------------------------------------------------------------------------------------------------


@mistake("init.apply_order")
def parents_first(model):
    """modules() gives the parent first: apply visits the children before the module that holds them."""
    return [type(model).__name__, *(name for child in model.children() for name in parents_first(child))]


@mistake("init.apply_order")
def each_module_once(model):
    """A module that two parents hold is visited twice by apply: here it comes once."""
    seen = []

    def visit(module):
        for child in module.children():
            visit(child)
        if not any(module is other for other in seen):
            seen.append(module)

    visit(model)
    return [type(module).__name__ for module in seen]


@mistake("init.apply_order")
def without_the_model_itself(model):
    """apply visits the model itself, too, at last."""
    return [name for child in model.children() for name in [*without_the_model_itself(child), type(child).__name__]]


@mistake("init.apply_order")
def reversed_modules(model):
    """The reverse of modules() also turns round the order of the children."""
    return [type(module).__name__ for module in model.modules()][::-1]


@mistake("init.apply_order")
def names_of_attributes(model):
    """These are the names of the attributes: return the names of the classes."""
    return [part for name, child in model.named_children() for part in [*names_of_attributes(child), name]]


# inject_weights ---------------------------------------------------------------------------------------------------


def _inject(model, value, make):
    def visit(module):
        if type(module).__name__.startswith("F"):
            make(module)

    model.apply(visit)


@mistake("init.inject_weights")
def plain_tensor(model, value):
    """W is a plain tensor: only an nn.Parameter is registered, trained and saved."""

    def make(module):
        module.__dict__["W"] = torch.tensor(value)

    _inject(model, value, make)


@mistake("init.inject_weights")
def registration_refused(model, value):
    """register_parameter refuses a name that is there as a plain attribute: set the attribute instead."""
    _inject(model, value, lambda module: module.register_parameter("W", nn.Parameter(torch.tensor(value))))


@mistake("init.inject_weights")
def only_where_a_placeholder_is(model, value):
    """Modules without a placeholder get no W: every module whose class name starts with F needs one."""

    def make(module):
        if hasattr(module, "W"):
            module.W = nn.Parameter(torch.tensor(value))

    _inject(model, value, make)


@mistake("init.inject_weights")
def placeholder_kept(model, value):
    """A W that is None is not there yet: the placeholder must be replaced."""

    def make(module):
        if not hasattr(module, "W"):
            module.W = nn.Parameter(torch.tensor(value))

    _inject(model, value, make)


@mistake("init.inject_weights")
def every_placeholder(model, value):
    """You also fill the placeholders of modules whose class name does not start with F."""

    def visit(module):
        if type(module).__name__.startswith("F") or getattr(module, "W", 0) is None:
            module.W = nn.Parameter(torch.tensor(value))

    model.apply(visit)


@mistake("init.inject_weights")
def one_for_all(model, value):
    """All modules hold one and the same parameter: training it for one changes it for all. Make one for each."""
    shared = nn.Parameter(torch.tensor(value))

    def make(module):
        module.W = shared

    _inject(model, value, make)


@mistake("init.inject_weights")
def lower_case_too(model, value):
    """fold does not start with F: capital letters count."""

    def visit(module):
        if type(module).__name__.upper().startswith("F"):
            module.W = nn.Parameter(torch.tensor(value))

    model.apply(visit)


# add_repr ---------------------------------------------------------------------------------------------------------


@mistake("init.add_repr")
def class_changed(model, names):
    """You changed the class, so every module of it, in any model, looks different from now on: set extra_repr on the
    instance."""

    def visit(module):
        if type(module).__name__ in names:
            label = names[type(module).__name__]
            type(module).extra_repr = lambda self: f"name={label}"

    model.apply(visit)


@mistake("init.add_repr")
def repr_on_the_instance(model, names):
    """repr() looks `__repr__` up in the class, so one that is set on the instance is never called: set extra_repr."""

    def visit(module):
        if type(module).__name__ in names:
            label = names[type(module).__name__]
            module.__repr__ = lambda: f"name={label}"

    model.apply(visit)


@mistake("init.add_repr")
def last_label_for_all(model, names):
    """All modules show the label of the last one: your lambda looks its variable up only when it is called."""
    label = ""
    kept = []

    def visit(module):
        nonlocal label
        if type(module).__name__ in names:
            label = names[type(module).__name__]
            kept.append(label)
            module.extra_repr = lambda: f"name={label}"

    model.apply(visit)


@mistake("init.add_repr")
def subclasses_labelled(model, names):
    """A subclass has another name: only modules whose own class is named get a label."""

    def visit(module):
        for cls in type(module).__mro__:
            if cls.__name__ in names:
                label = names[cls.__name__]
                module.extra_repr = lambda: f"name={label}"

    model.apply(visit)


@mistake("init.add_repr")
def label_quoted(model, names):
    """The label stands in quotes: show name=<label> as it is."""

    def visit(module):
        if type(module).__name__ in names:
            label = names[type(module).__name__]
            module.extra_repr = lambda: f"name={label!r}"

    model.apply(visit)


@mistake("init.add_repr")
def attribute_set_only(model, names):
    """An attribute `name` does not show in the repr: that is what extra_repr is for."""

    def visit(module):
        if type(module).__name__ in names:
            module.name = names[type(module).__name__]

    model.apply(visit)


# linear_transformation --------------------------------------------------------------------------------------------


def _transform(model, make_b, wrap, forward):
    def visit(module):
        if type(module).__name__.startswith("Function"):
            n = module.features
            module.W = wrap(torch.ones(n, n))
            module.b = wrap(make_b(n))
            module.forward = lambda x: forward(module, x)

    model.apply(visit)


@mistake("init.linear_transformation")
def bias_as_a_column(model):
    """b of shape (n, 1) is added along the wrong axis where it fits, and fails where it does not: b must be (n,)."""
    _transform(model, lambda n: torch.ones(n, 1), nn.Parameter, lambda m, x: x @ m.W.T + m.b)


@mistake("init.linear_transformation")
def weight_not_registered(model):
    """W and b are plain tensors: no optimizer sees them. Wrap them in nn.Parameter."""
    _transform(model, torch.ones, lambda tensor: tensor, lambda m, x: x @ m.W.T + m.b)


@mistake("init.linear_transformation")
def transpose_forgotten(model):
    """x W instead of x Wᵀ: as long as all of W is ones, nobody notices."""
    _transform(model, torch.ones, nn.Parameter, lambda m, x: x @ m.W + m.b)


@mistake("init.linear_transformation")
def bias_zero(model):
    """b starts with zeros here: W and b are both ones at the start."""
    _transform(model, torch.zeros, nn.Parameter, lambda m, x: x @ m.W.T + m.b)


@mistake("init.linear_transformation")
def bias_not_added(model):
    """The forward forgets b."""
    _transform(model, torch.ones, nn.Parameter, lambda m, x: x @ m.W.T)


@mistake("init.linear_transformation")
def last_module_for_all(model):
    """Every forward uses the W and b of the last module visited: make each forward in a function of its own."""
    found = []
    for module in model.modules():
        if type(module).__name__.startswith("Function"):
            module.W = nn.Parameter(torch.ones(module.features, module.features))
            module.b = nn.Parameter(torch.ones(module.features))
            found.append(module)
            module.forward = lambda x: x @ found[-1].W.T + found[-1].b


@mistake("init.linear_transformation")
def cut_off_from_the_graph(model):
    """The forward uses W.data, which autograd does not see: W and b would never be trained."""
    _transform(model, torch.ones, nn.Parameter, lambda m, x: x @ m.W.data.T + m.b.data)


@mistake("init.linear_transformation")
def name_contains_function(model):
    """MyFunction does not start with Function: leave it alone."""

    def visit(module):
        if "Function" in type(module).__name__:
            n = module.features
            module.W = nn.Parameter(torch.ones(n, n))
            module.b = nn.Parameter(torch.ones(n))
            module.forward = lambda x: x @ module.W.T + module.b

    model.apply(visit)


# reset_all --------------------------------------------------------------------------------------------------------


@mistake("init.reset_all")
def known_layers_only(model, seed):
    """You ask for the layers you know: any class may have reset_parameters, so ask with hasattr."""
    torch.manual_seed(seed)
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv2d):
            module.reset_parameters()


@mistake("init.reset_all")
def children_only(model, seed):
    """children() gives only the direct children: modules deeper down, and the model itself, are not reset."""
    torch.manual_seed(seed)
    for module in model.children():
        if hasattr(module, "reset_parameters"):
            module.reset_parameters()


@mistake("init.reset_all")
def seed_forgotten(model, seed):
    """The seed is not used: two models that are reset with the same seed differ."""
    for module in model.modules():
        if hasattr(module, "reset_parameters"):
            module.reset_parameters()


@mistake("init.reset_all")
def always_the_same_seed(model, seed):
    """Every seed gives the same weights: pass `seed` to torch.manual_seed."""
    torch.manual_seed(0)
    for module in model.modules():
        if hasattr(module, "reset_parameters"):
            module.reset_parameters()


@mistake("init.reset_all")
def everybody_has_one(model, seed):
    """Not every module has reset_parameters: a ReLU or a container has none."""
    torch.manual_seed(seed)
    for module in model.modules():
        module.reset_parameters()


# count_by_type ----------------------------------------------------------------------------------------------------


@mistake("init.count_by_type")
def shared_counted_once(model):
    """modules() gives a module with two parents once: apply visits it twice."""
    return dict(Counter(type(module).__name__ for module in model.modules()))


@mistake("init.count_by_type")
def model_not_counted(model):
    """The model itself is missing: apply visits it, too."""
    counts = Counter()
    for child in model.children():
        child.apply(lambda module: counts.update([type(module).__name__]))
    return dict(counts)


@mistake("init.count_by_type")
def classes_as_keys(model):
    """The keys are classes: use their names."""
    counts = Counter()
    model.apply(lambda module: counts.update([str(type(module))]))
    return dict(counts)


@mistake("init.count_by_type")
def leaves_only(model):
    """Containers are modules, too, and are visited: count them."""
    counts = Counter()
    model.apply(lambda module: None if list(module.children()) else counts.update([type(module).__name__]))
    return dict(counts)


@mistake("init.init_by_type")
def groups_forgotten(model, seed):
    """In a convolution with groups an output sees only its group's channels: fan_in is that of the weight, in_channels
    divided by groups, times the kernel."""
    generator = torch.Generator().manual_seed(seed)

    def initialise(module):
        if isinstance(module, nn.Conv2d):
            bound = (6 / (module.in_channels * module.weight[0, 0].numel())) ** 0.5
            nn.init.uniform_(module.weight, -bound, bound, generator=generator)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight, generator=generator)
        elif isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d | nn.BatchNorm3d) and module.affine:
            nn.init.ones_(module.weight)
        if isinstance(module, nn.Conv2d | nn.Linear | nn.BatchNorm1d | nn.BatchNorm2d) and module.bias is not None:
            nn.init.zeros_(module.bias)

    model.apply(initialise)


@mistake("init.init_by_type")
def rewound_to_the_first_seed(model, seed):
    """You put the global generator back to the seed it began with: it had drawn since. Keep its state, or use a
    generator of your own."""
    begun = torch.initial_seed()
    torch.manual_seed(seed)

    def initialise(module):
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_uniform_(module.weight, nonlinearity="relu")
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
        elif isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d | nn.BatchNorm3d) and module.affine:
            nn.init.ones_(module.weight)
        if isinstance(module, nn.Conv2d | nn.Linear | nn.BatchNorm1d | nn.BatchNorm2d) and module.bias is not None:
            nn.init.zeros_(module.bias)

    model.apply(initialise)
    torch.manual_seed(begun)


@mistake("init.init_constant")
def always_float32(model, weight, bias):
    """The weights become float32 whatever they were: fill the parameters that are there."""

    def fill(module):
        if isinstance(module, nn.Linear):
            module.weight.data = torch.full(module.weight.shape, float(weight))
            if module.bias is not None:
                module.bias.data = torch.full(module.bias.shape, float(bias))

    return model.apply(fill)


@mistake("init.inject_weights")
def whole_number_refused(model, value):
    """A whole number makes an int64 tensor, which cannot require a gradient: make it floating first."""

    def inject(module):
        if type(module).__name__.startswith("F"):
            module.W = nn.Parameter(torch.tensor(value))

    model.apply(inject)
