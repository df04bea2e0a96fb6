from __future__ import annotations

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook

from grader.authoring.vocabulary.hooks import Bystanders, hooks_on


def model() -> nn.Sequential:
    return nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))


def nothing(*_: object) -> None:
    return None


def test_no_hooks_at_first() -> None:
    assert hooks_on(model()) == {}


def test_every_kind_of_hook_is_seen_and_its_removal_too() -> None:
    net = model()
    handles = [
        net.register_forward_pre_hook(nothing),
        net[0].register_forward_hook(nothing, with_kwargs=True),
        net[1].register_full_backward_hook(nothing),
        net[1].register_full_backward_pre_hook(nothing),
        net[0].weight.register_hook(nothing),
        net[2].bias.register_post_accumulate_grad_hook(nothing),
        net[2].register_state_dict_post_hook(nothing),
        register_module_forward_hook(nothing),
    ]
    found = hooks_on(net)
    assert found == {
        "the model: forward_pre_hooks": 1,
        "0: forward_hooks": 1,
        "1: backward_hooks": 1,
        "1: backward_pre_hooks": 1,
        "0.weight: backward_hooks": 1,
        "2.bias: post_accumulate_grad_hooks": 1,
        "2: state_dict_hooks": 1,
        "all modules: global_forward_hooks": 1,
    }
    for handle in handles:
        handle.remove()
    assert hooks_on(net) == {}


def test_bystanders_count_and_change_nothing() -> None:
    plain, watched = model(), model()
    watched.load_state_dict(plain.state_dict())
    others = Bystanders(watched)
    x = torch.tensor([[1.0, -2.0], [0.5, 3.0]])
    for net in (plain, watched):
        net(x).sum().backward()
    assert others.counts == {"inputs": 4, "outputs": 4, "gradients": 4}
    assert [p.grad.tolist() for p in watched.parameters()] == [p.grad.tolist() for p in plain.parameters()]


def test_bystanders_leave_frozen_parameters_alone() -> None:
    net = model()
    net[0].requires_grad_(False)
    others = Bystanders(net)
    net(torch.ones(1, 2)).sum().backward()
    assert others.counts["gradients"] == 2


def test_cleared_bystanders_are_silent() -> None:
    net = model()
    others = Bystanders(net)
    net[1]._forward_hooks.clear()
    net(torch.ones(1, 2))
    assert others.counts["outputs"] == 3
