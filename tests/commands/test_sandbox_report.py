"""`grader doctor --sandbox` prints what an instructor pastes into a report, and refuses a host that is weak."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.commands.sandbox_report import describe, show_sandbox
from grader.engine.sandbox.gpus import has_cuda
from grader.engine.sandbox.limits import PROFILES
from grader.engine.sandbox.report import make_report
from grader.engine.sandbox.zygote import Zygote
from grader.records.errors import UsageError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="runners are locked down on Linux only")


def test_the_report_of_this_host_has_every_profile_with_its_layers_and_acts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        show_sandbox(tmp_path / "out.json")
    except UsageError as error:
        assert "only weakly" in error.message  # noqa: PT017 # a host of another kind is told, not failed
    read = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert list(read["profiles"]) == list(PROFILES)
    text = capsys.readouterr().out
    for profile, report in read["profiles"].items():
        assert f"{profile}: {report['level']} (" in text
        assert all(layer in text for layer in report["layers"])
        assert all(act in text for act in report["acts"])
        assert report["acts"]["read the course"]


def test_where_there_is_a_gpu_its_runners_have_a_block_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Here the driver's file is a stand-in: CUDA does not start, and that is told."""
    monkeypatch.setattr("grader.engine.sandbox.gpus.has_cuda", lambda: True)
    with contextlib.suppress(UsageError):
        show_sandbox(tmp_path / "out.json")
    read = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert list(read["profiles"]) == [*PROFILES, "cuda"]
    assert f"cuda: {read['profiles']['cuda']['level']} (" in capsys.readouterr().out
    if not has_cuda():
        assert read["profiles"]["cuda"]["layers"]["gpu"].startswith("refused: ")


def test_a_layer_that_is_refused_is_named_with_what_a_runner_could_do() -> None:
    report = make_report({"limits": "ok: 5 s", "seccomp": "refused: no such call"}, {"mount": "allowed"})
    lines = describe({"plain": report})
    assert any(line.split() == ["seccomp", "refused:", "no", "such", "call"] for line in lines)
    assert any(line.split() == ["mount", "allowed"] for line in lines)
    assert any(line.startswith("plain: weak (something holds back too little") for line in lines)


def test_a_weak_host_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted twin: were every host fit, the exit code would prove nothing."""
    weak = make_report({"limits": "off"}, {"mount": "allowed"})
    monkeypatch.setattr(Zygote, "report", lambda self, profile="plain": weak)
    with pytest.raises(UsageError, match=r"only weakly \(plain, files, workers\)"):
        show_sandbox(Path("-"))


def test_it_needs_no_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.commands.cli import app

    strong = make_report({"limits": "ok", "seccomp": "ok", "landlock": "ok", "user": "ok"}, {"mount": "denied"})
    monkeypatch.setattr(Zygote, "report", lambda self, profile="plain": strong)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["doctor", "--sandbox"])
    assert done.exit_code == 0, done.output
    assert "workers: strong" in done.output
