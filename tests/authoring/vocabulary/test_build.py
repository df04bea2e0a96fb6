from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from grader.authoring import modules, tensors
from grader.authoring.declarations import make_probe
from grader.authoring.strategies.convert import to_plain
from grader.authoring.vocabulary import build
from grader.judging.examples.bank import draw_bank
from grader.judging.shrinking import shrink
from grader.records.errors import AuthorError
from grader.records.observations import decode_example


def vectors(submission, model=modules("d", outputs="k"), x=tensors("n d", "float32", sizes={"n": (2, 5)})): ...
def images(submission, model=modules("c h w", modes=True), x=tensors("n c h w", "float32", sizes={"n": (2, 3)})): ...
def named(submission, model=modules("d", classes=("FScale", "Function1"), dtype="floating")): ...


def drawn(run: Callable[..., Any], count: int = 80, seed: int = 1) -> list[dict[str, Any]]:
    probe = make_probe(run)
    probe.id = f"sample.{run.__name__}/{run.__name__}"
    examples = map(decode_example, draw_bank(probe, count, seed).examples)
    return [{name: to_plain(v) for name, v in example.arguments.items()} for example in examples]


def test_every_description_is_a_module_that_takes_the_inputs() -> None:
    for example in drawn(vectors):
        model = build(example["model"])
        result = model(torch.tensor(example["x"]))
        head = example["model"]["children"][-1][1]
        assert result.shape == (len(example["x"]), head["out_features"])
        assert result.isfinite().all()
    for example in drawn(images):
        result = build(example["model"])(torch.tensor(example["x"]))
        assert result.shape[2:] == example["x"].shape[2:]


def test_all_kinds_and_properties_occur() -> None:
    models = [build(e["model"]) for e in drawn(vectors)]
    found = {type(m).__name__ for model in models for m in model.modules()}
    expected = {
        "Linear",
        "OwnLinear",
        "ReLU",
        "BatchNorm1d",
        "Dropout",
        "Sequential",
        "Block",
        "ModuleList",
        "ModuleDict",
    }
    assert found >= expected
    assert any(m.bias is None for model in models for m in model.modules() if isinstance(m, nn.Linear))
    assert any(not p.requires_grad for model in models for p in model.parameters())
    assert any(name.count(".") >= 3 for model in models for name, _ in model.named_parameters())
    assert any(len(list(m.modules())) < len(list(m.named_modules(remove_duplicate=False))) for m in models)
    found = {type(m).__name__ for e in drawn(images) for m in build(e["model"]).modules()}
    assert found >= {"Conv2d", "OwnConv2d", "BatchNorm2d"}
    assert any(m.training != build(e["model"]).training for e in drawn(images) for m in build(e["model"]).modules())
    plain = [
        m for e in drawn(named) for m in build(e["model"]).modules() if type(m).__name__ in ("FScale", "Function1")
    ]
    assert {type(m).__name__ for m in plain} == {"FScale", "Function1"}
    assert all(type(m.features) is int for m in plain)


def test_the_same_description_gives_the_same_weights_and_leaves_the_global_state() -> None:
    for example in drawn(named, 20):
        before = torch.get_rng_state()
        one, other = build(example["model"]), build(example["model"])
        assert torch.equal(torch.get_rng_state(), before)
        assert list(one.state_dict()) == list(other.state_dict())
        for (name, value), expected in zip(one.state_dict().items(), other.state_dict().values(), strict=True):
            assert torch.equal(value, expected), name
            if value.is_floating_point():
                assert str(value.dtype) == f"torch.{example['model']['dtype']}"
                assert torch.equal(value * 4, (value * 4).round())


def test_another_seed_gives_other_weights() -> None:
    layer = {"kind": "Linear", "in_features": 4, "out_features": 4}
    assert not torch.equal(build(layer | {"seed": 1}).weight, build(layer | {"seed": 2}).weight)


def test_a_shared_layer_is_one_object_applied_twice() -> None:
    layer = {"kind": "Linear", "in_features": 2, "out_features": 2, "bias": False, "id": 0}
    for kind in ("Block", "Sequential"):
        model = build({"kind": kind, "children": [["a", layer], ["b", {"kind": "Shared", "of": 0}]]})
        assert model.a is model.b
        x = torch.ones(1, 2)
        assert torch.equal(model(x), x @ model.a.weight.T @ model.a.weight.T)


def test_modes_are_each_modules_own() -> None:
    inner = {"kind": "Dropout", "p": 0.5}
    model = build({"kind": "Sequential", "children": [["0", inner], ["1", inner | {"eval": True}]], "eval": True})
    assert [m.training for m in model.modules()] == [False, True, False]


@pytest.mark.parametrize(
    ("description", "message"),
    [
        ({"kind": "LSTM"}, "unknown kind 'LSTM'"),
        ({}, "unknown kind None"),
        ({"kind": "Shared", "of": 3}, "nothing before has the id 3"),
    ],
)
def test_what_cannot_be_built(description: dict[str, Any], message: str) -> None:
    with pytest.raises(AuthorError) as caught:
        build(description)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: modules("n d"), 'modules("n d") takes inputs of 2 dimensions'),
        (lambda: modules("d", kinds=("Conv2d",)), "no layer 'Conv2d' fits"),
        (lambda: modules("d", layers=(3, 1)), "layers=(3, 1)"),
        (lambda: modules("d", dtype="float3"), "dtype 'float3' cannot be drawn"),
    ],
)
def test_what_cannot_be_drawn(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(AuthorError) as caught:
        make()
    assert message in caught.value.message


@dataclasses.dataclass
class Bug:
    right: Callable[[nn.Module], Any]
    wrong: Callable[[nn.Module], Any]


def filled(model: nn.Module, linear: Callable[[nn.Module], bool]) -> list[Any]:
    for module in model.modules():
        if linear(module):
            nn.init.constant_(module.weight, 9.0)
    return [p.tolist() for p in model.parameters()]


BUGS = {
    "subclasses forgotten": Bug(
        lambda m: filled(m, lambda x: isinstance(x, nn.Linear)), lambda m: filled(m, lambda x: type(x) is nn.Linear)
    ),
    "bias taken for granted": Bug(
        lambda m: [x.bias is not None for x in m.modules() if isinstance(x, nn.Linear)],
        lambda m: [True for x in m.modules() if isinstance(x, nn.Linear)],
    ),
    "shared counted twice": Bug(
        lambda m: sum(p.numel() for p in m.parameters()),
        lambda m: sum(p.numel() for p in m.state_dict(keep_vars=True).values() if isinstance(p, nn.Parameter)),
    ),
    "frozen counted as trainable": Bug(
        lambda m: sum(p.numel() for p in m.parameters() if p.requires_grad),
        lambda m: sum(p.numel() for p in m.parameters()),
    ),
    "children only": Bug(lambda m: len(list(m.modules())), lambda m: 1 + len(list(m.children()))),
    "two levels only": Bug(
        lambda m: [n for n, _ in m.named_modules() if n],
        lambda m: [n for n, _ in m.named_modules() if n and n.count(".") < 2],
    ),
    "buffers forgotten": Bug(lambda m: list(m.state_dict()), lambda m: [n for n, _ in m.named_parameters()]),
}


@pytest.mark.parametrize("name", BUGS)
def test_a_bank_of_sixty_meets_the_bug(name: str) -> None:
    bug = BUGS[name]
    for seed in range(3):
        models = [e["model"] for e in drawn(vectors, 60, seed)]
        assert any(bug.right(build(m)) != bug.wrong(build(m)) for m in models), seed
    assert all(bug.right(build(m)) == bug.right(build(m)) for m in models)


def test_shrinking_a_module_leaves_the_layer_that_matters() -> None:
    probe = make_probe(vectors)
    probe.id = "sample.vectors/vectors"

    def has_subclass(example: Any) -> bool:
        model = build(to_plain(example.arguments["model"]))
        return any(type(m).__name__ == "OwnLinear" for m in model.modules())

    start = [e for e in map(decode_example, draw_bank(probe, 60, 1).examples) if has_subclass(e)][-1]
    smallest = shrink(probe, has_subclass, start, 1, 20.0, 100)
    assert smallest is not None
    kinds = [child[1]["kind"] for child in to_plain(smallest.arguments["model"])["children"]]
    assert kinds == ["Linear", "Linear"]
