from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from grader.engine import wire
from grader.engine.sandbox import Limits, RunnerProcess, Zygote, messages
from grader.engine.sandbox.jails import Jail, sweep
from grader.records.errors import AuthorError, SandboxError
from tests.engine.sandbox.conftest import STANDIN, ask

Run = Callable[..., str]


def test_importing_the_sandbox_does_not_import_torch() -> None:
    code = "import sys, grader.engine.sandbox; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_runner_answers_with_torch_at_hand(run: Run) -> None:
    assert run("import torch; result = torch.arange(3).sum().item()") == "3"


def test_two_runners_share_nothing(zygote: Zygote) -> None:
    first, second = zygote.fork(), zygote.fork()
    ask(first, "import torch; torch.planted = 1")
    assert ask(second, "import torch; result = hasattr(torch, 'planted')") == "False"
    first.kill()
    assert ask(second, "result = 5") == "5"
    second.kill()


def test_examples_that_the_zygote_read_are_in_the_runners(start: Callable[..., Zygote], tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    inputs.write_bytes(b"examples")
    with start() as zygote:
        zygote.preload(inputs)
        runner = zygote.fork()
        assert ask(runner, "result = prepared.inputs") == "[b'examples']"


def test_fork_is_safe_from_several_threads(zygote: Zygote) -> None:
    answers: list[str] = []

    def work(number: int) -> None:
        for turn in range(3):
            runner = zygote.fork()
            answers.append(ask(runner, f"result = {number * 10 + turn}"))
            runner.kill()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(int, answers)) == [number * 10 + turn for number in range(4) for turn in range(3)]


@pytest.mark.parametrize(
    ("code", "status", "number"),
    [
        ("import os; os._exit(5)", "exited with code 5", None),
        ("import ctypes; ctypes.string_at(0)", "killed by SIGSEGV", signal.SIGSEGV),
    ],
)
def test_kill_tells_how_a_runner_ended_by_itself(zygote: Zygote, code: str, status: str, number: int | None) -> None:
    runner = zygote.fork()
    with pytest.raises(wire.WireClosed):
        ask(runner, code)
    ended = runner.kill()
    assert (ended.status, ended.signal, ended.out_of_memory) == (status, number, False)


def test_kill_ends_a_runner_that_hangs_and_may_be_repeated(zygote: Zygote) -> None:
    runner = zygote.fork()
    with pytest.raises(wire.WireTimeout):
        ask(runner, "while True: pass", seconds=0.3)
    ended = runner.kill()
    assert (ended.status, ended.signal, ended.code) == ("killed by the grader", signal.SIGKILL, None)
    assert runner.kill() is ended


def test_kill_ends_a_runner_that_closed_its_socket_and_goes_on(zygote: Zygote) -> None:
    runner = zygote.fork()
    with pytest.raises(wire.WireClosed):
        ask(runner, "import os; os.close(sock.fileno())\nwhile True: pass")
    assert runner.kill().status == "killed by the grader"


def test_processor_time_is_named_as_the_cause(zygote: Zygote) -> None:
    runner = zygote.fork(limits=Limits(cpu_seconds=1))
    with pytest.raises(wire.WireClosed):
        ask(runner, "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass")
    assert runner.kill().status == "used up its 1 s of processor time"


def test_everything_that_a_runner_started_ends_with_it(zygote: Zygote) -> None:
    runner = zygote.fork("workers")
    code = """
        import os, time
        reading, writing = os.pipe()
        for _ in range(3):
            if os.fork() == 0:
                sock.sendall(b'') ; time.sleep(600)
        result = 'started'
    """
    assert ask(runner, "if True:" + code) == "'started'"
    keeper = runner.sock.dup()
    runner.kill()
    keeper.settimeout(10)
    # The forked processes hold the other end of the socket: the end of file comes when the last of them is gone.
    assert keeper.recv(1) == b""


def test_closing_the_zygote_ends_its_runners(start: Callable[..., Zygote]) -> None:
    with start() as zygote:
        runner = zygote.fork()
        assert ask(runner, "result = 1") == "1"
    runner.sock.settimeout(10)
    assert runner.sock.recv(1) == b""


def test_the_zygotes_environment_holds_nothing_of_ours(
    start: Callable[..., Zygote], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COURSE_SEED", "secret")
    with open(tmp_path / "results.json", "w") as stream, start(without=["seccomp", "landlock", "jail"]) as zygote:
        os.set_inheritable(stream.fileno(), True)
        runner = zygote.fork()
        environment = ask(runner, "import os; result = dict(os.environ)")
        zygotes = ask(runner, "result = open(f'/proc/{os.getppid() or 1}/environ').read()")
        descriptors = ask(runner, "result = sorted(os.listdir('/proc/self/fd'))")
    assert "secret" not in environment + zygotes
    assert "3" in descriptors
    assert "5" not in descriptors


def test_an_authors_error_reaches_the_judge_as_such(tmp_path: Path) -> None:
    engine = tmp_path / "broken"
    engine.mkdir()
    (engine / "__init__.py").touch()
    (engine / "serve.py").touch()
    (engine / "prepare.py").write_text(
        "from grader.records.errors import AuthorError\n"
        "def prepare(checks): raise AuthorError('checks.py, line 3: no such thing', hint='Mend it.')\n"
    )
    with Zygote.start([], engine="broken", search=[tmp_path], warm="minimal") as zygote:
        for _ in range(2):
            with pytest.raises(AuthorError, match=r"checks\.py, line 3") as caught:
                zygote.fork()
            assert caught.value.hint == "Mend it."


def test_the_message_of_a_zygote_that_does_not_start_holds_its_last_words(tmp_path: Path) -> None:
    (tmp_path / "checks.py").write_text("raise ValueError('a loud last word')\n")
    with Zygote.start([("demo", tmp_path / "checks.py")], engine="standin", search=[STANDIN], warm="minimal") as zygote:
        with pytest.raises(SandboxError) as caught:
            zygote.fork()
        assert "the sandbox's zygote ended; it exited with code 1" in caught.value.message
        assert "ValueError: a loud last word" in str(caught.value)
        with pytest.raises(SandboxError, match="zygote ended"):
            zygote.report()


def end(zygote: Zygote) -> None:
    """Kill a zygote's process, and wait: until it is gone it may still fork."""
    zygote._backend._process.kill()
    zygote._backend._process.wait()


def test_a_zygote_that_dies_is_started_again_with_what_it_held(start: Callable[..., Zygote], tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    inputs.write_bytes(b"examples")
    with start() as zygote:
        zygote.preload(inputs)
        inputs.unlink()
        left = zygote.fork()
        end(zygote)
        runner = zygote.fork()
        assert ask(runner, "result = prepared.inputs") == "[b'examples']"
        runner.kill()
        with pytest.raises(SandboxError, match="sandbox"):
            left.kill()


def test_one_that_dies_again_and_again_says_so(start: Callable[..., Zygote]) -> None:
    with start() as zygote:
        for _ in range(3):
            end(zygote)
            zygote.fork().kill()
        end(zygote)
        with pytest.raises(SandboxError, match="zygote") as caught:
            zygote.fork()
        assert "it was killed by SIGKILL" in caught.value.message
        assert "run the same command again" in str(caught.value.hint)


def test_a_canary_that_is_killed_is_asked_again(start: Callable[..., Zygote], monkeypatch: pytest.MonkeyPatch) -> None:
    forks = []

    def fork(request: messages.Fork, of: Callable[..., RunnerProcess]) -> RunnerProcess:
        runner = of(request)
        if not forks:
            runner._backend.kill(runner._forked, grace=False)
        forks.append(runner)
        return runner

    with start() as zygote:
        level = zygote.report().level
        zygote._reports.clear()
        monkeypatch.setattr(zygote, "_fork", partial(fork, of=zygote._fork))
        assert (zygote.report().level, len(forks)) == (level, 2)


def test_directories_of_killed_judges_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ours = Jail()
    (tmp_path / "grader-jail-left/root").mkdir(parents=True)
    (tmp_path / "grader-jail-left/lock").touch()
    (tmp_path / "grader-jail-young").mkdir()
    for name in ("grader-jail-old", "grader-canary-old"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (1, 1))
    assert sweep() == 3
    assert {path.name for path in tmp_path.iterdir()} == {Path(ours.root).parent.name, "grader-jail-young"}
    ours.remove()
    assert [path.name for path in tmp_path.iterdir()] == ["grader-jail-young"]


def test_a_file_of_examples_that_is_not_there_is_our_error(zygote: Zygote, tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="FileNotFoundError"):
        zygote.preload(tmp_path / "absent")
    zygote.fork().kill()


def test_a_closed_sandbox_says_so(start: Callable[..., Zygote]) -> None:
    zygote = start()
    runner = zygote.fork()
    zygote.close()
    zygote.close()
    for use in (zygote.fork, runner.kill):
        with pytest.raises(SandboxError, match="the sandbox was closed"):
            use()


def test_an_interrupted_request_leaves_its_answer_to_nobody(zygote: Zygote, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object) -> bytes:
        raise KeyboardInterrupt

    zygote.fork().kill()
    with monkeypatch.context() as patched:
        patched.setattr(zygote._backend, "_body", interrupt)
        with pytest.raises(KeyboardInterrupt):
            zygote.fork()
    runner = zygote.fork()
    assert ask(runner, "result = 1") == "1"
    assert runner.kill().status == "killed by the grader"
