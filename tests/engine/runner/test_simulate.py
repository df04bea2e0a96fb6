"""A call on a simulated device: where its tensors are, which line brought them to the CPU, what cannot be told."""

from __future__ import annotations

import types
from typing import Any

import pytest
import torch

from grader.authoring.declarations import Lawful
from grader.authoring.exercises import Probe
from grader.engine.runner.inputs import Inputs
from grader.engine.runner.simulate import simulate
from grader.records.observations import Example
from grader.records.simulations import Origin, Placed, Simulated
from grader.records.values import TensorValue

_X = TensorValue("float32", (2, 3), bytes(24))
_PREFIX = "import torch, functools\nimport numpy as np\nZ = torch.zeros(3)\n"


def module_of(source: str) -> dict[str, Any]:
    """Return what an answer defines."""
    module: dict[str, Any] = {}
    exec(compile(_PREFIX + source, "answer.py", "exec"), module)
    return module


def run(body: str) -> Simulated:
    """Simulate an answer whose function's body begins on line 5."""
    module = module_of(f"def f(x):\n{body}")
    probe = Probe("f", lambda submission, x: submission.f(x), {})
    submission: Any = types.SimpleNamespace(f=module["f"])
    return simulate(probe, submission, Inputs(Example({"x": _X}, ("x",))), "answer.py")


RIGHT = [
    "    return x + x",
    "    return torch.einsum('ij->ji', x)",
    "    return x * torch.arange(3, device=x.device)",
    "    return x * x.new_zeros(3)",
    "    return x[torch.arange(2)]",
    "    return x + torch.tensor(2.0)",
    "    return torch.where(x > 0, x, torch.tensor(0.0))",
    "    return x * torch.zeros(3).to(x)",
    "    return x.cpu().mul(2).to(x.device)",
    "    return torch.nn.functional.softmax(x, dim=-1)",
    "    y = torch.empty_like(x)\n    y[0] = torch.zeros(3)\n    y[1] = 1\n    return y",
    "    return torch.stack([row for row in x])",
    "    return x if x.sum().item() > 0 else -x",
    "    return x if x.sum() > 0 else -x",
    "    return x[x > 0]",
    "    return torch.unique(x)",
    "    return torch.tensor([1.0, 2.0], device=x.device, requires_grad=True)",
    "    return x.new_tensor([1.0, 2.0])",
    "    return x[[1, 0]][:, [0, 1]][..., [True, False]]",
    "    y = x.clone()\n    y[[0]] = 1.0\n    return y",
    "    return x + torch.as_tensor(np.ones(3), device=x.device)",
    "    return torch.from_numpy(x.detach().cpu().numpy()).to(x.device)",
    "    return torch.nn.Linear(3, 2).to(x.device)(x)",
    "    i = torch.tensor([0])\n    y = x.clone()\n    y[i] = torch.tensor(1.0)\n    return y",
    "    try:\n        return x + Z\n    except RuntimeError:\n        return x + Z.to(x.device)",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_many_styles_run(body: str) -> None:
    assert run(body) == Simulated("ran", (Placed("result", False),))


MIXED = [
    ("    z = torch.zeros(3)\n    return x + z", Origin("made", "torch.zeros", 5)),
    ("    z = torch.arange(6).view(2, 3)\n    z = z.float()\n    return x @ z.T", Origin("made", "torch.arange", 5)),
    ("    y = x.cpu()\n    return x + y", Origin("moved", "torch.Tensor.cpu", 5)),
    ("    return torch.from_numpy(np.ones(3)) + x", Origin("kept", "torch.Tensor.add", 5)),
    ("    return x + Z", Origin("kept", "torch.Tensor.add", 5)),
    ("    return torch.nn.Linear(3, 2)(x)", Origin("kept", "torch.nn.functional.linear", 5)),
    ("    total = torch.tensor(0.0)\n    total += x.sum()\n    return total", Origin("made", "torch.tensor", 5)),
    ("    y = torch.zeros(2, 3)\n    y[torch.tensor([0])] = x[:1]\n    return x", Origin("made", "torch.zeros", 5)),
    ("    return torch.cat([x, torch.ones(1, 3)])", Origin("made", "torch.ones", 5)),
]


@pytest.mark.parametrize(("body", "origin"), MIXED)
def test_a_tensor_left_on_the_cpu_is_told_with_its_line(body: str, origin: Origin) -> None:
    assert run(body) == Simulated("mixed", (), origin)


def test_a_result_on_the_cpu_is_told_by_its_path() -> None:
    moved = Origin("moved", "torch.Tensor.cpu", 5)
    assert run("    return x.cpu() * 2") == Simulated("ran", (Placed("result", True, moved),))
    came = run("    return {'a': (x, torch.ones(2)), 'b': [3, 'text']}")
    made = Origin("made", "torch.ones", 5)
    assert came.placed == (Placed("result['a'][0]", False), Placed("result['a'][1]", True, made))


UNCLEAR = [
    "    return torch.from_numpy(x.detach().numpy())",
    "    raise ValueError",
    "    raise SystemExit",
    "    return open('/nowhere').read()",
    "    return x.cuda()",
]


@pytest.mark.parametrize("body", UNCLEAR)
def test_what_cannot_be_simulated_says_nothing(body: str) -> None:
    assert run(body) == Simulated("unclear")


def test_gradients_are_simulated_too() -> None:
    body = "    y = x.detach().requires_grad_()\n    (y * y).sum().backward()\n    return y.grad"
    assert run(body) == Simulated("ran", (Placed("result", False),))
    wrong = "    y = x.detach().requires_grad_()\n    (y * torch.ones(3)).sum().backward()\n    return y.grad"
    assert run(wrong) == Simulated("mixed", (), Origin("made", "torch.ones", 6))


def test_a_lawful_part_is_looked_into() -> None:
    probe = Probe("f", lambda submission, x: Lawful(submission.f(x)), {})
    submission: Any = types.SimpleNamespace(f=lambda x: x.argmax(-1))
    came = simulate(probe, submission, Inputs(Example({"x": _X})), "answer.py")
    assert came == Simulated("ran", (Placed("result", False),))
    assert not torch.cuda.is_initialized()


MODULE = """\
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        {init}
    def forward(self, x):
        {forward}
"""


def call_module(init: str, forward: str) -> Simulated:
    """Simulate a probe that makes a module on the CPU and calls it; line 9 is what `forward` does."""
    module = module_of(MODULE.format(init=init, forward=forward))
    submission: Any = types.SimpleNamespace(Net=module["Net"])

    def run(submission: Any, x: torch.Tensor) -> torch.Tensor:
        net = submission.Net()
        optimizer_would_hold = list(net.parameters())
        result = net(x)
        assert all(left is right for left, right in zip(optimizer_would_hold, net.parameters(), strict=True))
        return result

    return simulate(Probe("Net", run, {}), submission, Inputs(Example({"x": _X}, ("x",))), "answer.py")


MOVED = [
    ("self.scale = torch.nn.Parameter(torch.ones(3))", "return x * self.scale"),
    ("self.register_buffer('scale', torch.ones(3))", "self.scale.add_(1); return x * self.scale"),
    ("self.layers = torch.nn.ModuleList([torch.nn.Linear(3, 3)])", "return self.layers[0](x)"),
    ("self.inner = torch.nn.BatchNorm1d(3)", "return self.inner(x)"),
    ("self.scale = torch.ones(3)", "return x * self.scale.to(x.device)"),
    ("self.scale = 2.0", "self.last = x; return x * self.scale"),
    ("self.layers = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.ReLU())", "return self.layers(x)"),
]


@pytest.mark.parametrize(("init", "forward"), MOVED)
def test_a_module_is_moved_with_what_it_registers(init: str, forward: str) -> None:
    assert call_module(init, forward) == Simulated("ran", (Placed("result", False),))


LEFT = [
    ("self.scale = torch.ones(3)", "return x * self.scale", Origin("left", "self.scale", 9)),
    ("self.scales = {'a': [torch.ones(3)]}", "return x * self.scales['a'][0]", Origin("left", "self.scales", 9)),
    ("self.layers = [torch.nn.Linear(3, 3)]", "return self.layers[0](x)", Origin("unregistered", "self.layers", 9)),
    ("pass", "return x * torch.ones(3)", Origin("made", "torch.ones", 9)),
    ("pass", "return torch.nn.Linear(3, 3)(x)", Origin("kept", "torch.nn.functional.linear", 9)),
]


@pytest.mark.parametrize(("init", "forward", "origin"), LEFT)
def test_what_a_module_does_not_register_is_left_behind(init: str, forward: str, origin: Origin) -> None:
    assert call_module(init, forward) == Simulated("mixed", (), origin)
