"""A call on a simulated device: where its tensors are, which line brought them to the CPU, what cannot be told."""

from __future__ import annotations

import io
import types
from typing import Any

import pytest
import torch

from grader.authoring.declarations import Lawful
from grader.authoring.exercises import Probe
from grader.authoring.vocabulary import save_and_load
from grader.engine.runner.elsewhere import Elsewhere
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
    "    return torch.tensor(x.tolist(), device=x.device)",
    "    return torch.unique(x)",
    "    return torch.tensor([1.0, 2.0], device=x.device, requires_grad=True)",
    "    return x.new_tensor([1.0, 2.0])",
    "    with torch.inference_mode():\n        return x.double() + Z.to(x.device)",
    "    with torch.inference_mode():\n        return x.cpu().to(x) + Z.to(x.device, torch.float64).float()",
    "    with torch.inference_mode():\n        return x * torch.ones(3, device=x.device).to(x.device)",
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
    ("    with torch.inference_mode():\n        return x + x.cpu()", Origin("moved", "torch.Tensor.cpu", 6)),
    ("    with torch.inference_mode():\n        return x + Z.to(torch.float64)", Origin("kept", "torch.Tensor.to", 6)),
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


def simulate_with(run: Any, source: str) -> Simulated:
    """Simulate a probe of this file's with an answer whose first line is 4."""
    submission: Any = types.SimpleNamespace(**module_of(source))
    return simulate(Probe("f", run, {}), submission, Inputs(Example({"x": _X}, ("x",))), "answer.py")


def built_by_the_probe(submission: Any, x: torch.Tensor) -> torch.Tensor:
    model = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.BatchNorm1d(3))
    result: torch.Tensor = submission.f(model, x)
    return result


def test_what_a_probe_builds_and_hands_over_is_moved() -> None:
    right = Simulated("ran", (Placed("result", False),))
    assert simulate_with(built_by_the_probe, "def f(model, x):\n    return model(x)") == right
    assert simulate_with(built_by_the_probe, "def f(model, x):\n    return model[1](model[0](x))") == right
    copied = "def f(model, x):\n    import copy\n    return copy.deepcopy(model)(x)"
    assert simulate_with(built_by_the_probe, copied) == right
    lean = "def f(model, x):\n    with torch.inference_mode():\n        return model(x)"
    assert simulate_with(built_by_the_probe, lean) == right
    own = "def f(model, x):\n    return torch.nn.Sequential(torch.nn.Linear(3, 3))(model(x))"
    kept = Origin("kept", "torch.nn.functional.linear", 5)
    assert simulate_with(built_by_the_probe, own) == Simulated("mixed", (), kept)


def mixed_by_the_probe(submission: Any, x: torch.Tensor) -> torch.Tensor:
    result: torch.Tensor = submission.f(x) + torch.ones(3)
    return result


def test_what_the_probe_mixes_is_not_held_against_the_answer() -> None:
    assert simulate_with(mixed_by_the_probe, "def f(x):\n    return x") == Simulated("unclear")
    assert simulate_with(mixed_by_the_probe, "def f(x):\n    return x + Z").ending == "mixed"


def held_by_a_graph(submission: Any, x: torch.Tensor) -> torch.Tensor:
    net = submission.Net()
    kept = [parameter.clone() for parameter in net.parameters()]
    result: torch.Tensor = net(x)
    assert all(parameter.device.type == "cpu" for parameter in kept)
    return result


def test_a_module_whose_parameters_a_graph_holds_is_moved_too() -> None:
    init = "self.a = self.b = torch.nn.Parameter(torch.ones(3)); self.register_buffer('c', torch.ones(3))"
    source = MODULE.format(init=init, forward="assert self.a is self.b; return x * self.a * self.c")
    assert simulate_with(held_by_a_graph, source) == Simulated("ran", (Placed("result", False),))


def test_who_keeps_a_parameter_that_had_to_be_replaced_is_not_blamed() -> None:
    init = "w = self.a = torch.nn.Parameter(torch.ones(3)); self.f = lambda x: x * w; self.kept = [w]"
    source = MODULE.format(init=init, forward="return self.f(x)")
    assert simulate_with(held_by_a_graph, source) == Simulated("unclear")
    assert simulate_with(held_by_a_graph, source.replace("self.f(x)", "x * self.kept[0]")) == Simulated("unclear")
    assert simulate_with(held_by_a_graph, source.replace("self.f(x)", "self.kept[0] * 2")) == Simulated("ran")
    made = Simulated("mixed", (), Origin("made", "torch.ones", 9))
    assert simulate_with(held_by_a_graph, source.replace("self.f(x)", "x * torch.ones(3)")) == made


def saved_and_loaded(submission: Any, x: torch.Tensor) -> torch.Tensor:
    first = submission.Net()
    first(x)
    result: torch.Tensor = save_and_load(first, submission.Net())(x)
    return result


def test_what_is_on_the_device_can_be_saved_and_loaded_and_is_there_again() -> None:
    source = MODULE.format(init="self.a = torch.nn.Parameter(torch.ones(3))", forward="return x * self.a")
    assert simulate_with(saved_and_loaded, source) == Simulated("ran", (Placed("result", False),))
    file = io.BytesIO()
    torch.save(Elsewhere(torch.arange(3.0)), file)
    file.seek(0)
    loaded = torch.load(file, weights_only=True)
    assert isinstance(loaded, Elsewhere)
    assert loaded.cpu().tolist() == [0.0, 1.0, 2.0]
