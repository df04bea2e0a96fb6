"""The engine end to end on a small course: what each kind of submission gets, and why."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.authoring.exercises import Probe, Severity
from grader.course.settings import load_course
from grader.engine.faults import RunnerTrouble
from grader.engine.sandbox import Profile, Zygote
from grader.engine.session import Session
from grader.judging.schedule import Graded, Graders, Options, grade_all, grade_one, open_graders
from grader.records.errors import AuthorError
from grader.records.observations import Observed, decode_example, encode_example
from grader.records.values import TensorValue
from grader.records.verdict import Verdict, total
from grader.results.render.exercise import exercise_text
from grader.results.report import submission_report
from grader.submissions.finding import Submission
from tests.small_course import submission, write_small_course


@pytest.fixture(scope="module")
def graders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graders]:
    course = load_course(write_small_course(tmp_path_factory.mktemp("course")))
    with open_graders(course, ["small"], Options(seed=5)) as opened:
        yield opened


def verdict(graded: Graded, name: str) -> Verdict:
    return next(one for one in graded.verdicts if one.exercise == f"small.{name}")


def test_right_answers_in_another_style_pass(graders: Graders) -> None:
    graded = grade_one(graders, submission())
    assert [one.outcome for one in graded.verdicts] == ["passed"] * 5, graded
    assert total(graded.verdicts).points == 6.0


WRONG = [
    ("double", "def double(x):\n    return x * 3\n", "failed", "value"),
    ("double", "def double(x):\n    return (x + x).double()\n", "failed", "dtype"),
    ("double", "def double(x):\n    return (x + x).T\n", "failed", "shape"),
    ("double", "def double(x):\n    return (x + x).detach()\n", "failed", "requires_grad"),
    ("double", "def double(x):\n    x = x.detach(); x += x\n    return x\n", "failed", "mutation"),
    ("double", "def double(x):\n    torch.rand(1)\n    return x + x\n", "failed", "rng"),
    ("double", "import random\ndef double(x):\n    random.random()\n    return x + x\n", "failed", "rng"),
    ("double", "def double(x):\n    return (x + x).tolist()\n", "failed", "type"),
    ("double", "def double(x):\n    return object()\n", "failed", "type"),
    ("double", "def double(x):\n    raise KeyError('k')\n", "raised", "raised"),
    ("double", "def double(x):\n    raise NotImplementedError\n", "missing", "missing"),
    ("double", "double = None\n", "raised", "raised"),
    ("double", "", "missing", "missing"),
    ("double", "def double(x):\n    import os; os._exit(0)\n", "crashed", "crashed"),
    ("double", "def double(x):\n    raise SystemExit\n", "raised", "raised"),
    ("double", "def double(x):\n    while True: pass\n", "timeout", "timeout"),
    ("double", "def double(x):\n    return torch.ones(1 << 40)\n", "memory", "memory"),
    ("backwards", "def backwards(x):\n    return torch.flip(x, [0])\n", "forbidden", "banned"),
    ("backwards", "def backwards(x):\n    return getattr(x, 'fl' + 'ip')([0])\n", "forbidden", "banned"),
    ("total", "def total(x):\n    return x.sum()\n", "forbidden", "needs"),
    ("total", "def total(x):\n    torch.einsum('ij->', x)\n    return x.sum()\n", "forbidden", "needs"),
    ("total", "def total(x):\n    return x.sum() + 0 * torch.einsum('ij->', x)\n", "forbidden", "needs"),
    ("argmax", "def argmax(x):\n    return 0\n", "failed", "law"),
    ("argmax", "def argmax(x):\n    return 99\n", "failed", "law"),
    ("root", "def root(n):\n    return abs(n) ** 0.5\n", "raised", "raised"),
    ("root", "def root(n):\n    if n < 0: raise TypeError\n    return n ** 0.5\n", "raised", "raised"),
]


@pytest.mark.parametrize(("name", "source", "outcome", "kind"), WRONG)
def test_each_planted_bug_costs_its_exercise_alone(
    graders: Graders, name: str, source: str, outcome: str, kind: str
) -> None:
    graded = grade_one(graders, submission(**{name: source}))
    found = verdict(graded, name)
    assert (found.outcome, found.points) == (outcome, 0.0)
    assert found.findings[0].kind == kind, found.findings
    if outcome == "timeout":  # the limit that the course sets, whatever the load
        assert "no answer within 1 s" in found.findings[0].message
        assert found.seconds == pytest.approx(1.0, abs=0.2)
    others = [one for one in graded.verdicts if one is not found]
    assert [one.outcome for one in others] == ["passed"] * 4, others


def test_a_wrong_answer_is_shown_on_its_smallest_input_and_diagnosed(graders: Graders) -> None:
    found = verdict(grade_one(graders, submission(double="def double(x):\n    return x * x\n")), "double")
    finding = found.findings[0]
    assert finding.mistake == "Twice x is x + x, not x * x."
    assert finding.counterexample == "x = torch.tensor([[1.]])"
    assert finding.message == "1 of 1 element differs; greatest difference 1 at [0, 0], allowed 3.2e-05"
    assert found.hints == ("Twice.",)


def test_an_answer_that_is_right_now_and_then_is_wrong(graders: Graders) -> None:
    source = "import os\ndef double(x):\n    return x + x if os.urandom(1)[0] < 128 else x\n"
    found = verdict(grade_one(graders, submission(double=source)), "double")
    assert found.outcome == "failed"
    assert found.points == 0


def test_one_exercise_cannot_spoil_the_next(graders: Graders) -> None:
    source = "def double(x):\n    torch.einsum = torch.Tensor.unbind = None\n    return x + x\n"
    graded = grade_one(graders, submission(double=source))
    assert [verdict(graded, name).outcome for name in ("backwards", "total")] == ["passed", "passed"]


CPU_ONLY = "def double(x):\n    zero = torch.zeros(x.shape)\n    return x + x + zero\n"


def test_an_answer_that_runs_on_the_cpu_only_is_told_and_keeps_its_points(graders: Graders) -> None:
    found = verdict(grade_one(graders, submission(double=CPU_ONLY)), "double")
    assert (found.outcome, found.points) == ("passed", 2.0)
    (finding,) = found.findings
    assert (finding.kind, finding.must, finding.device, finding.probe) == (
        "device",
        False,
        "cuda",
        "small.double/double",
    )
    assert re.fullmatch(
        r"runs on the CPU only: line \d+ makes a tensor on the CPU \(`torch.zeros\(...\)`\); "
        r"give it `device=x.device`",
        finding.message,
    )


def with_device(graders: Graders, severity: Severity) -> Graders:
    """Return the graders with another setting of each probe."""
    suite = graders.suites["small"]
    exercises = []
    for exercise in suite.exercises:
        policies = [dataclasses.replace(probe.policy, device=severity) for probe in exercise.probes]
        probes = [
            dataclasses.replace(probe, policy=policy) for probe, policy in zip(exercise.probes, policies, strict=True)
        ]
        exercises.append(dataclasses.replace(exercise, probes=probes))
    return dataclasses.replace(graders, suites={"small": dataclasses.replace(suite, exercises=tuple(exercises))})


def test_the_author_may_make_it_a_must_or_ask_nothing(graders: Graders) -> None:
    graded = grade_one(with_device(graders, "must"), submission(double=CPU_ONLY))
    found = verdict(graded, "double")
    assert (found.outcome, found.points, found.findings[0].must) == ("failed", 0.0, True)
    assert [one.outcome for one in graded.verdicts if one is not found] == ["passed"] * 4
    assert not verdict(grade_one(with_device(graders, "off"), submission(double=CPU_ONLY)), "double").findings


@pytest.mark.parametrize(
    "source",
    [
        "KEPT = {}\ndef double(x):\n    kept = KEPT.setdefault((x.shape, x.dtype), torch.zeros_like(x))\n"
        "    return x + x + kept\n",
        "def double(x):\n    return x + x + torch.zeros(x.shape, device=x.device)\n",
        "def double(x):\n    return x + x.cpu().numpy() if False else x + x if x.sum().item() else x + x\n",
        "DEVICE = 'cuda' if torch.cuda.is_available() else 'cpu'\n"
        "def double(x):\n    return x + x + torch.zeros(x.shape, device=DEVICE)\n",
        "import functools\n@functools.cache\ndef zero(n, device):\n    return torch.zeros(n, device=device)\n"
        "def double(x):\n    return x + x + zero(x.shape[-1], x.device)\n",
    ],
)
def test_nothing_is_told_of_devices_where_nothing_is_known(graders: Graders, source: str) -> None:
    found = verdict(grade_one(with_device(graders, "must"), submission(double=source)), "double")
    assert (found.outcome, found.findings) == ("passed", ())


def test_the_same_bank_runs_on_each_device(graders: Graders) -> None:
    suite = dataclasses.replace(graders.suites["small"], devices=("cpu", "lazy"))
    both = dataclasses.replace(graders, suites={"small": suite})
    once = grade_one(with_device(graders, "off"), submission())
    graded = grade_one(both, submission())
    assert [one.outcome for one in graded.verdicts] == ["passed"] * 5, graded
    assert [one.examples for one in graded.verdicts] == [2 * one.examples for one in once.verdicts]
    graded = grade_one(
        both, submission(double=CPU_ONLY, total="def total(x):\n    return torch.einsum('ij->', x.cpu())\n")
    )
    found = {name: verdict(graded, name) for name in ("double", "backwards", "total", "argmax", "root")}
    outcomes = {name: one.outcome for name, one in found.items()}
    assert outcomes == {
        "double": "raised",
        "backwards": "passed",
        "total": "failed",
        "argmax": "passed",
        "root": "passed",
    }
    assert {one.findings[0].device for one in found.values() if one.findings} == {"lazy"}
    assert "expected device lazy, got cpu" in found["total"].findings[0].message


def test_what_is_asked_nothing_of_devices_runs_on_the_cpu_alone(graders: Graders) -> None:
    suite = dataclasses.replace(graders.suites["small"], devices=("lazy",))
    elsewhere = with_device(dataclasses.replace(graders, suites={"small": suite}), "off")
    once = grade_one(with_device(graders, "off"), submission())
    graded = grade_one(elsewhere, submission(double=CPU_ONLY))
    assert [one.outcome for one in graded.verdicts] == ["passed"] * 5, graded
    assert [one.examples for one in graded.verdicts] == [one.examples for one in once.verdicts]
    wrong = verdict(grade_one(elsewhere, submission(double="def double(x):\n    return x\n")), "double")
    assert (wrong.outcome, wrong.findings[0].device) == ("failed", "cpu")


def test_a_reference_for_the_cpu_alone_is_told_with_the_way_out(tmp_path: Path) -> None:
    root = write_small_course(tmp_path)
    path = root / "solutions" / "small" / "small.py"
    path.write_text(path.read_text().replace("return x + x", "return x + torch.zeros(x.shape) + x"))
    options = Options(seed=5, examples=5, devices=("lazy",), shrink_seconds=0.0)
    with open_graders(load_course(root), ["small"], options) as opened, pytest.raises(AuthorError) as caught:
        grade_one(opened, submission())
    assert caught.value.message.startswith("on lazy: small.double/double: the reference solution raised MixedDevices")
    assert (
        caught.value.hint == 'An exercise that is for the CPU alone says `device="off"`: it is not run elsewhere then.'
    )


@pytest.fixture
def on_the_cpu(graders: Graders) -> Graders:
    """The graders, asking nothing of other devices: that takes right answers one runner more."""
    return with_device(graders, "off")


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The profiles of the runners that were forked."""
    fork, seen = Zygote.fork, list[str]()

    def counted(self: Zygote, profile: Profile = "plain", *rest: Any) -> Any:
        seen.append(profile)
        return fork(self, profile, *rest)

    monkeypatch.setattr(Zygote, "fork", counted)
    return seen


THRICE_WRONG = {
    "double": "def double(x):\n    return x\n",
    "backwards": "def backwards(x):\n    return x.clone()\n",
    "root": "def root(n):\n    return 7.0\n",
}


def test_what_failed_is_confirmed_where_nothing_else_has_run(on_the_cpu: Graders, forks: list[str]) -> None:
    grade_one(on_the_cpu, submission(**THRICE_WRONG))  # the reference is observed, and asked for smaller inputs
    on_the_cpu.suites["small"].memory.confirmed.clear()
    forks.clear()
    graded = grade_one(on_the_cpu, submission(**THRICE_WRONG))
    assert [one.outcome for one in graded.verdicts] == ["failed", "failed", "passed", "passed", "failed"]
    assert len(forks) == 1 + 3
    forks.clear()
    again = grade_one(on_the_cpu, submission(**THRICE_WRONG))  # the very same, handed in by somebody else
    assert len(forks) == 1
    assert [one.findings for one in again.verdicts] == [one.findings for one in graded.verdicts]
    other = submission(**THRICE_WRONG | {"double": "def double(x):\n    y = x\n    return y\n"})
    forks.clear()
    assert verdict(grade_one(on_the_cpu, other), "double").findings == verdict(graded, "double").findings
    assert len(forks) == 1 + 3


def test_right_code_that_is_made_to_do_as_wrong_code_did_is_not_blamed(graders: Graders) -> None:
    grade_one(graders, submission(backwards="def backwards(x):\n    return x.clone()\n"))
    stack = "def backwards(x):\n    return torch.stack([*x.unbind()][::-1]) if len(x) else x.clone()\n"
    turned = "torch.stack = lambda parts: torch.cat([part[None] for part in parts[::-1]])"
    spoils = f"def double(x):\n    {turned}\n    return x\n"
    graded = grade_one(graders, submission(double=spoils, backwards=stack))
    assert [one.outcome for one in graded.verdicts] == ["failed"] + ["passed"] * 4


def test_right_answers_take_one_runner(on_the_cpu: Graders, forks: list[str]) -> None:
    grade_one(on_the_cpu, submission())
    forks.clear()
    grade_one(on_the_cpu, submission())
    assert len(forks) == 1


def test_stubs_take_no_further_runner(on_the_cpu: Graders, forks: list[str]) -> None:
    graded = grade_one(on_the_cpu, submission(double="def double(x):\n    raise NotImplementedError\n", argmax=""))
    assert [one.outcome for one in graded.verdicts] == ["missing", "passed", "passed", "missing", "passed"]
    assert len(forks) == 1


STACK = "return torch.stack(list(x.unbind())) if len(x) else x.clone()"


@pytest.mark.parametrize("spoiler", ["double", "total"])
def test_what_a_wrong_exercise_spoils_is_nobody_elses_reason(graders: Graders, spoiler: str) -> None:
    spoilt = "torch.stack = torch.Tensor.unbind = None"
    wrong = {
        "double": f"def double(x):\n    {spoilt if spoiler == 'double' else 'pass'}\n    return x\n",
        "backwards": f"def backwards(x):\n    {STACK}\n",
        "total": f"def total(x):\n    {spoilt if spoiler == 'total' else 'pass'}\n    return x.sum() * 3\n",
    }
    graded = grade_one(graders, submission(**wrong))
    assert [one.outcome for one in graded.verdicts] == ["failed"] * 3 + ["passed"] * 2
    assert [one.findings[0].kind for one in graded.verdicts[:3]] == ["value"] * 3
    alone = grade_one(graders, submission(backwards=wrong["backwards"]))
    assert verdict(graded, "backwards").findings == verdict(alone, "backwards").findings


def outcomes_of(graders: Graders, source: str, *, notebook: bool = False) -> list[str]:
    answer = Submission("x", "small", "small.ipynb" if notebook else "small.py", (source,), is_notebook=notebook)
    return [one.outcome for one in grade_one(graders, answer).verdicts]


@pytest.mark.parametrize(
    "line",
    [
        "1 / 0",
        "import a_library_that_is_not_here",
        "assert double(torch.ones(1)) is None",
        "import os; os._exit(0)",
        "raise SystemExit(1)",
        "raise KeyboardInterrupt",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "while True: pass",
        "torch.set_grad_enabled(False)",
        "torch.set_default_dtype(torch.float64)",
        "torch.set_default_device('meta')",
        "torch.set_num_interop_threads(2)",
        "import warnings; warnings.simplefilter('error')",
        "import os; os.makedirs('data'); os.chdir('data'); os.listdir('.')",
        "import sys, io; sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8'); print('x')",
        "import sys; sys.stdout.reconfigure(encoding='utf-8'); sys.stdout.buffer.write(b'x')",
        "import tempfile; open(tempfile.mkstemp()[1], 'w').write('x')",
        "for double in range(3): total = backwards = argmax = double",
        "double = torch.jit.script(double)",
        "double = torch.compile(double)",
        "import signal; signal.alarm(1)",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_line_takes_nothing_else_with_it(graders: Graders, line: str, first: bool) -> None:
    source = submission().cells[0]
    if first and "double" in line:
        return
    whole = source.replace("import torch\n", f"import torch\n{line}\n") if first else f"{source}\n{line}\n"
    assert outcomes_of(graders, whole) == ["passed"] * 5


def test_what_needed_a_failed_line_is_told_that_line(graders: Graders) -> None:
    right = submission(double="def double(x):\n    return np.multiply(x, 2)\n").cells[0]
    right = right.replace("import torch\n", "import torch\nimport nowhere as np\n")
    source = right.replace("def root", "@np.vectorize\ndef root")
    graded = grade_one(graders, Submission("x", "small", "small.py", (source,)))
    found = {one.exercise: one for one in graded.verdicts}
    told = found["small.double"].findings[0].message
    assert "name 'np' is not defined" in told
    assert "line 2 was to define np: No module named 'nowhere'" in told
    assert found["small.root"].outcome == "unloaded"
    assert "so root could not be defined" in found["small.root"].findings[0].message
    assert found["small.total"].outcome == "passed"


TOLD = [
    (
        "double",
        "return torch.zeros(1).expand(1 << 27)",
        "too large to be compared: a tensor of shape (134217728,)",
    ),
    ("backwards", "return list(range(10_000_000))", "too large to be compared: a list holds 10,000,000 items"),
    ("total", "return 1 << (1 << 28)", "too large to be compared: an int has 268,435,457 bits"),
    ("argmax", "return {'a': [torch.zeros(1 << 20)] * 100}", "takes 4 MiB, all of it 64 MiB; at most 60 MiB are taken"),
    ("double", "return 10**30", "expected a tensor, got int"),
    ("backwards", "return x.to_sparse()", "expected a tensor, got a sparse_coo tensor of torch."),
    (
        "total",
        "import sys; sys.setrecursionlimit(10**9); return total(x)",
        "raised RecursionError: maximum",
    ),
    ("argmax", "import ctypes; ctypes.string_at(0)", "memory was used that is not there"),
    ("root", "import os; os._exit(70)", "the process ended in the middle of the work"),
]


@pytest.mark.parametrize("told", [TOLD[:4], TOLD[4:]])
def test_what_is_too_large_or_too_deep_is_told_in_a_students_words(
    graders: Graders, told: list[tuple[str, str, str]]
) -> None:
    changed = {name: f"def {name}(x):\n    {body}\n" for name, body, _ in told}
    graded = grade_one(graders, submission(**changed))
    for name, _, message in told:
        text = verdict(graded, name).findings[0].message
        assert message in text
        assert not re.search(r"Value\b|SIGKILL|exited with code|runner", text)


def test_a_near_miss_is_told(graders: Graders) -> None:
    source = submission().cells[0].replace("def double", "def Double")
    finding = grade_one(graders, Submission("x", "small", "small.py", (source,))).verdicts[0].findings[0]
    assert finding.message == (
        "the submission does not define double; it defines Double: did you mean double? Rename it"
    )


def test_a_notebook_has_what_notebooks_have(graders: Graders) -> None:
    line = (
        "assert __name__ == '__main__'\ndisplay(1)\nget_ipython().run_line_magic('matplotlib', 'inline')\n"
        "import asyncio\nawait asyncio.sleep(0)\ntwo = await asyncio.sleep(0, 2)\n"
        "get_ipython().run_cell_magic('writefile', 'twice.py', 'def twice(x):\\n    return x * 2')\n"
        "from twice import twice\n"
    )
    source = line + submission(double="def double(x):\n    display(x)\n    return twice(x) / 2 * two\n").cells[0]
    assert outcomes_of(graders, source, notebook=True) == ["passed"] * 5


def test_what_only_ends_the_process_defines_nothing(graders: Graders) -> None:
    graded = grade_one(graders, Submission("x", "small", "small.py", ("import os\nos._exit(0)\n",)))
    assert {one.outcome for one in graded.verdicts} == {"missing"}
    assert "exit code 0" in graded.verdicts[0].findings[0].message


def test_unreadable_submissions_get_the_reason(graders: Graders) -> None:
    graded = grade_one(graders, Submission("x", "small", "small.py", (), (), "line 3: '(' was never closed"))
    assert {(one.outcome, one.points) for one in graded.verdicts} == {("unreadable", 0.0)}
    assert graded.verdicts[0].findings[0].message == "line 3: '(' was never closed"


def test_a_class_is_graded_whole_whoever_misbehaves(graders: Graders) -> None:
    hostile = "def double(x):\n    import os; os.kill(os.getppid(), 9); os._exit(1)\n"
    students = [submission(f"s{number}", **({"double": hostile} if number % 2 else {})) for number in range(6)]
    graded = list(grade_all(graders, [(student, ()) for student in students], jobs=2))
    assert {place: one.submission.student for place, one in graded} == {n: f"s{n}" for n in range(6)}
    for _, one in graded:
        odd = int(one.submission.student[1:]) % 2
        assert total(one.verdicts).points == (4.0 if odd else 6.0)


def test_output_is_kept_up_to_a_cap(graders: Graders) -> None:
    source = "def double(x):\n    print('\\x1b[31m' + 'a' * 100_000)\n    return x\n"
    finding = verdict(grade_one(graders, submission(double=source)), "double").findings[0]
    assert len(finding.printed) < 5000
    assert "more characters" in finding.printed


def test_the_same_seed_gives_the_same_examples(graders: Graders, tmp_path: Path) -> None:
    suite = graders.suites["small"]
    course = load_course(write_small_course(tmp_path))
    with (
        open_graders(course, ["small"], Options(seed=5)) as again,
        open_graders(course, ["small"], Options(seed=6)) as other,
    ):
        assert again.suites["small"].banks == suite.banks
        assert other.suites["small"].banks != suite.banks


@pytest.mark.parametrize(("troubles", "outcome"), [(1, "passed"), (2, "protocol")])
def test_a_runner_in_trouble_is_replaced_once(
    graders: Graders, monkeypatch: pytest.MonkeyPatch, troubles: int, outcome: str
) -> None:
    grade_one(graders, submission())  # the reference is observed without trouble
    observe, left = Session.observe, [troubles]

    def troubled(self: Session, probe: Probe, *rest: Any, **more: Any) -> list[Observed]:
        if probe.id.startswith("small.backwards/") and left[0]:
            left[0] -= 1
            raise RunnerTrouble("KeyError: 3")
        return observe(self, probe, *rest, **more)

    monkeypatch.setattr(Session, "observe", troubled)
    graded = grade_one(graders, submission())
    outcomes = {one.exercise: one.outcome for one in graded.verdicts}
    assert outcomes.pop("small.backwards") == outcome, graded
    assert set(outcomes.values()) == {"passed"}


def test_what_is_known_of_one_submission_is_used_for_the_very_same_alone(graders: Graders) -> None:
    known = graders.suites["small"].memory.shrunk
    known.clear()
    square = submission(double="def double(x):\n    return x * x\n")
    first = verdict(grade_one(graders, square), "double")
    ((key, example),) = known.items()
    zero = msgspec.structs.replace(decode_example(example), arguments={"x": TensorValue("float32", (1, 1), b"\0" * 4)})
    known[key] = encode_example(zero)  # twice zero is its square: not wrong there, so it is not told
    assert verdict(grade_one(graders, square), "double").findings == first.findings
    grade_one(graders, submission(double="def double(x):\n    return x * x  # behaves alike\n"))
    assert len(known) == 2


MORE_HIDDEN = """\
from grader.authoring import further, tensors


@further("double", examples=10)
def square(submission, x=tensors("n n", gradient=False)):
    return submission.double(x)


@further("backwards", examples=10)
def long(submission, x=tensors("n", sizes={"n": (5, 9)}, gradient=False)):
    return submission.backwards(x)
"""


def test_all_hidden_probes_take_one_more_runner(tmp_path: Path, forks: list[str]) -> None:
    root = write_small_course(tmp_path)
    (root / "solutions/small/hidden.py").write_text(MORE_HIDDEN, encoding="utf-8")
    short = "def backwards(x):\n    return x.flipud() if len(x) < 5 else x.clone()\n"
    with open_graders(load_course(root), ["small"], Options(seed=5)) as opened:
        grade_one(opened, submission(backwards=short))
        forks.clear()
        graded = grade_one(with_device(opened, "off"), submission())
        assert [one.outcome for one in graded.verdicts] == ["passed"] * 5
        assert [one.hidden_examples for one in graded.verdicts] == [10, 10, 0, 0, 0]
        assert len(forks) == 2
        graded = grade_one(opened, submission(backwards=short))
    assert [one.outcome for one in graded.verdicts] == ["passed", "failed"] + ["passed"] * 3
    assert [finding.hidden for finding in verdict(graded, "backwards").findings][-1]


HIDDEN = """\
from grader.authoring import further, tensors


@further("double", examples=10)
def large(submission, x=tensors("n", low=770, high=779, gradient=False, min_size=1)):
    return submission.double(x)
"""


def test_no_finding_of_another_exercise_tells_what_a_hidden_probe_asked(tmp_path: Path) -> None:
    root = write_small_course(tmp_path)
    (root / "solutions/small/hidden.py").write_text(HIDDEN, encoding="utf-8")
    asked = "any(770 <= v < 780 for v in x.flatten().tolist())"
    double = f"seen = []\n\ndef double(x):\n    seen.append(x.tolist())\n    return x if {asked} else x + x\n"
    backwards = "def backwards(x):\n    raise ValueError([one for one in seen if str(7 * 11) in str(one)])\n"
    with open_graders(load_course(root), ["small"], Options(seed=5)) as opened:
        graded = grade_one(opened, submission(double=double, backwards=backwards))
    assert verdict(graded, "double").findings[0].hidden
    assert "77" in verdict(graded, "double").findings[0].counterexample
    told = verdict(graded, "backwards").findings[0]
    assert (told.kind, "[]" in told.message, "77" in told.message) == ("raised", True, False), told


TRIPLED, ROOTLESS = "def double(x):\n    return x * 3\n", "def root(n):\n    return 1.0\n"


@pytest.mark.parametrize(
    ("changed", "points", "passed"),
    [
        ({}, 3.0, [True, True]),
        ({"double": TRIPLED}, 1.0, [False, True]),
        ({"root": ROOTLESS}, 2.0, [True, False]),
        ({"double": TRIPLED, "root": ROOTLESS}, 0.0, [False, False]),
        ({"root": "def root(n):\n    while True: pass\n"}, 2.0, [True, False]),
        ({"root": ""}, 0.0, [False, False]),
    ],
)
def test_parts_have_points_of_their_own(
    graders: Graders, changed: dict[str, str], points: float, passed: list[bool]
) -> None:
    suite = graders.suites["small"]
    double, root = (next(one for one in suite.exercises if one.name == name) for name in ("double", "root"))
    probes = [*double.probes, dataclasses.replace(root.probes[0], points=1.0)]
    both = dataclasses.replace(double, points=3.0, probes=probes, names=("double", "root"))
    changed_suite = dataclasses.replace(suite, exercises=(both,), mistakes=None, shrink_seconds=0.0)
    (found,) = grade_one(dataclasses.replace(graders, suites={"small": changed_suite}), submission(**changed)).verdicts
    assert (found.points, found.max_points) == (points, 3.0)
    assert [(part.name, part.passed) for part in found.parts] == list(zip(["double", "root"], passed, strict=True))
    assert (found.outcome == "passed") == all(passed)
    told = exercise_text(submission_report("ada", "small", "small.py", [found]).exercises[0])
    assert f"{points:g}/3 points (double {2 * passed[0]}/2, root {1 * passed[1]}/1)" in told


def test_what_only_some_inputs_show_is_told(graders: Graders) -> None:
    code = "def double(x):\n    if x.abs().sum() >= 1000: return x\n    return x + x\n"
    message = verdict(grade_one(graders, submission(double=code)), "double").findings[0].message
    assert re.search(r"\nOnly for large inputs: on the other \d+ examples it is right\.$", message), message
    code = "def double(x):\n    return x.view(-1).add(x.view(-1)).view(x.shape)\n"
    message = verdict(grade_one(graders, submission(double=code)), "double").findings[0].message
    assert re.search(r"\nOnly for inputs that are not contiguous: on the other \d+ examples it is right\.$", message)


def test_a_plain_difference_is_shown_rather_than_one_digit_too_many(graders: Graders) -> None:
    code = "def double(x):\n    return x + x + 1e-4 * x ** 3\n"
    found = verdict(grade_one(graders, submission(double=code)), "double").findings[0]
    assert "Only" not in found.message
    apart, allowed = (float(re.search(rf"{word} ([\d.e-]+)", found.message)[1]) for word in ("difference", "allowed"))
    assert apart > 100 * allowed, found.message
