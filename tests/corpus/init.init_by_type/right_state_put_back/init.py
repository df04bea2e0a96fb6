import torch
from torch import nn
from torch.nn import init


def _zero(bias):
    if bias is not None:
        init.zeros_(bias)


def _conv(m):
    init.kaiming_uniform_(m.weight, a=0, mode="fan_in", nonlinearity="relu")
    _zero(m.bias)


def _linear(m):
    init.xavier_uniform_(m.weight, gain=1.0)
    _zero(m.bias)


def _norm(m):
    if m.weight is not None:
        init.constant_(m.weight, 1.0)
    _zero(m.bias)


RULES = {
    nn.Conv2d: _conv,
    nn.Linear: _linear,
    nn.BatchNorm1d: _norm,
    nn.BatchNorm2d: _norm,
    nn.BatchNorm3d: _norm,
}


def init_by_type(model, seed):
    def by_rule(module):
        for kind, rule in RULES.items():
            if isinstance(module, kind):
                rule(module)

    state = torch.get_rng_state()
    try:
        torch.default_generator.manual_seed(seed)
        model.apply(by_rule)
    finally:
        torch.set_rng_state(state)
    return model
