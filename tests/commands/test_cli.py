"""The command line's frame: lazy verbs, and one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import types
from collections.abc import Callable

import pytest

from grader.commands import cli, verbs
from grader.records.errors import AuthorError, GraderError, SandboxError, SubmissionError, UsageError


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., None]], None]:
    """Give the command line a verb `trial` that runs a function."""

    def install(function: Callable[..., None]) -> None:
        module = types.ModuleType("grader.commands.trial")
        module.__dict__.update(trial=function, EXAMPLES=(("grader trial x", "tries x"),))
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(verbs.VERBS, "trial", ("Authors", "Try."))
        monkeypatch.setattr(verbs, "available", lambda: ["trial"])

    return install


def raising(error: BaseException) -> Callable[[], None]:
    def trial() -> None:
        """Raise."""
        raise error

    return trial


def test_help_lists_the_verbs_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == 0
    out = capsys.readouterr().out
    for name in verbs.available():
        assert f" {name} " in out
    for name in set(verbs.VERBS) - set(verbs.available()):
        assert f"│ {name} " not in out


def test_each_verb_has_help_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    for name in verbs.available():
        assert cli.run([name, "--help"]) == 0
        out = capsys.readouterr().out
        assert "Examples" in out, name
        assert ", ," not in out, f"{name}: rich took what stands between brackets for markup"
        assert f"grader {name}" in out.partition("Examples")[2], name


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("grader 0.")


def test_an_unknown_verb_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["biuld"]) == 2
    assert "No such command 'biuld'. Did you mean 'build'?" in capsys.readouterr().err


def test_an_unknown_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "--chek"]) == 2
    assert "No such option: --chek" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SubmissionError("broken", hint="Mend it."), 1),
        (AuthorError("broken", hint="Mend it."), 2),
        (UsageError("broken", hint="Mend it."), 2),
        (SandboxError("broken", hint="Mend it."), 3),
    ],
)
def test_expected_errors_are_messages(
    verb: Callable[[Callable[..., None]], None], capsys: pytest.CaptureFixture[str], error: GraderError, code: int
) -> None:
    verb(raising(error))
    assert cli.run(["trial"]) == code
    assert capsys.readouterr().err == "error: broken\nMend it.\n"


def test_bugs_show_a_traceback(verb: Callable[[Callable[..., None]], None], capsys: pytest.CaptureFixture[str]) -> None:
    verb(raising(KeyError("x")))
    assert cli.run(["trial"]) == 3
    err = capsys.readouterr().err
    assert "Traceback (most recent call last)" in err
    assert "error: this is a bug of grader: KeyError\nPlease report it with the traceback above.\n" in err


def test_interruption(verb: Callable[[Callable[..., None]], None], capsys: pytest.CaptureFixture[str]) -> None:
    verb(raising(KeyboardInterrupt()))
    assert cli.run(["trial"]) == 130
    assert capsys.readouterr().err == "\nInterrupted.\n"


def test_a_verbs_own_exit_code(verb: Callable[[Callable[..., None]], None]) -> None:
    import typer

    verb(raising(typer.Exit(1)))
    assert cli.run(["trial"]) == 1


def test_a_broken_pipe_within_the_grader_is_our_bug(
    verb: Callable[[Callable[..., None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_stdout_is_gone", lambda: False)
    verb(raising(BrokenPipeError(32, "Broken pipe")))
    assert cli.run(["trial"]) != 0


def test_hostile_messages_cannot_move_the_cursor(
    verb: Callable[[Callable[..., None]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    verb(raising(UsageError("\x1b[2J [bold]x[/bold]", hint="\x1b]0;owned\x07")))
    assert cli.run(["trial"]) == 2
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "[bold]x[/bold]" in err


def test_a_reader_that_goes_away() -> None:
    read, written = os.pipe()
    os.close(read)
    command = [sys.executable, "-c", "import sys, typer; from grader.commands import cli; " + _GONE]
    done = subprocess.run(command, stdout=written, stderr=subprocess.PIPE, text=True, check=False)
    os.close(written)
    assert (done.returncode, done.stderr) == (141, "")


_GONE = (
    "import types; from grader.commands import verbs; module = types.ModuleType('grader.commands.trial'); "
    "module.trial = lambda: typer.echo('x' * 100000); sys.modules[module.__name__] = module; "
    "verbs.VERBS['trial'] = ('Authors', 'Try.'); verbs.available = lambda: ['trial']; cli.main(['trial'])"
)


def test_ctrl_c_in_a_process_of_its_own() -> None:
    wait = _GONE.replace("typer.echo('x' * 100000)", "[print('ready', flush=True), __import__('time').sleep(60)]")
    command = [sys.executable, "-c", "import sys, typer; from grader.commands import cli; " + wait]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "\nInterrupted.\n")


def test_python_m_grader() -> None:
    done = subprocess.run([sys.executable, "-m", "grader", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("grader 0.")


@pytest.mark.parametrize("words", [["check", "--lang", "ko", "--help"], ["check", "--lang=ko", "-h"], ["--help"]])
def test_help_is_in_the_language_that_is_asked_for(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if "--help" in words[:1]:
        monkeypatch.setenv("GRADER_LANG", "ko")
    assert cli.run(words) == 0
    assert "공개 예제로 답안을 확인해요." in capsys.readouterr().out


def test_help_that_students_do_not_read_stays_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["grade", "--lang", "ko", "--help"]) == 0
    assert not re.search("[가-힣]", capsys.readouterr().out)
