from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from grader.engine.sandbox import Zygote
from grader.engine.sandbox.report import MANDATORY_ACTS, judge_level, make_report

LAYERS = {
    "limits": "ok: 5 s",
    "seccomp": "ok",
    "landlock": "ok: version 7",
    "jail": "ok",
    "user": "ok",
    "process namespace": "ok",
}
ACTS = dict.fromkeys((*MANDATORY_ACTS, "start threads without end"), "denied")


def test_levels_follow_from_layers_and_acts() -> None:
    assert judge_level(LAYERS, ACTS) == "strong"
    assert judge_level(LAYERS | {"user": "off"}, ACTS) == "strong"
    assert judge_level(LAYERS | {"user": "off", "process namespace": "refused: no"}, ACTS) == "good"
    assert judge_level(LAYERS | {"landlock": "refused: old kernel"}, ACTS) == "good"
    assert judge_level(LAYERS, ACTS | {"start threads without end": "allowed"}) == "good"
    assert judge_level(LAYERS | {"landlock": "off", "jail": "off"}, ACTS) == "weak"
    assert judge_level(LAYERS | {"seccomp": "refused: no"}, ACTS) == "weak"
    assert judge_level(LAYERS | {"limits": "refused: no"}, ACTS) == "weak"


@pytest.mark.parametrize("act", MANDATORY_ACTS)
def test_one_mandatory_act_allowed_makes_the_level_weak(act: str) -> None:
    assert judge_level(LAYERS, ACTS | {act: "allowed"}) == "weak"


def test_a_canary_that_did_not_answer_is_weak() -> None:
    report = make_report(LAYERS, {"everything": "the canary did not answer"})
    assert report.level == judge_level(LAYERS, {}) == "weak"
    assert report.layers["canary"] == "refused: everything: the canary did not answer"


def test_layers_are_plain_and_details_apart() -> None:
    report = make_report(LAYERS, ACTS)
    assert report.layers["limits"] == "ok"
    assert report.details == {"limits": "5 s", "landlock": "version 7"}
    assert report.layers["canary"] == "ok"


def test_a_host_with_every_layer_is_strong(zygote: Zygote, needs: Callable[..., None]) -> None:
    needs("landlock", "seccomp", "limits")
    report = zygote.report()
    if "ok" not in (report.layers["user"], report.layers["process namespace"]):
        pytest.skip("this host gives runners neither a user nor a process namespace")
    assert (report.level, report.layers["canary"]) == ("strong", "ok")
    assert set(MANDATORY_ACTS) <= set(report.acts)
    for profile in ("files", "workers"):
        assert zygote.report(profile).level == "strong"


@pytest.mark.skipif(sys.platform != "linux", reason="layers exist on Linux only")
@pytest.mark.parametrize(
    ("without", "level", "allowed"),
    [
        (["seccomp"], "weak", {"start a process", "open a network socket", "raise a limit", "share memory"}),
        (["landlock", "jail"], "weak", {"read a system file", "read the course", "list the root directory"}),
        (["landlock", "jail", "seccomp"], "weak", {"change a file of ours", "connect to a socket of ours"}),
        (["limits"], "weak", {"take memory without end", "open files without end", "start threads without end"}),
        (["landlock"], "good", {"list the root directory"}),
    ],
)
def test_the_canary_notices_a_missing_layer(
    start: Callable[..., Zygote], needs: Callable[..., None], without: list[str], level: str, allowed: set[str]
) -> None:
    needs("landlock", "seccomp", "limits", "jail")
    with start(without=without) as zygote:
        report = zygote.report()
    assert report.level == level
    assert allowed <= {act for act, result in report.acts.items() if result == "allowed"}
    for name in without:
        assert report.layers[name] == "off"


@pytest.mark.skipif(sys.platform != "linux", reason="layers exist on Linux only")
def test_without_namespaces_landlock_and_seccomp_still_make_good(
    start: Callable[..., Zygote], needs: Callable[..., None]
) -> None:
    needs("landlock", "seccomp")
    with start(without=["namespaces", "user namespace", "user"]) as zygote:
        report = zygote.report()
    assert report.level == "good"
    assert {act for act, result in report.acts.items() if result != "denied"} <= {"start threads without end"}
