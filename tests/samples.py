"""Fixed reports to render: every outcome, every part of a finding, and hostile text wherever a submission had a say."""

from __future__ import annotations

from grader.records.findings import Finding
from grader.records.verdict import Verdict, decide
from grader.results.report import Report, Sandbox, SubmissionReport, submission_report

HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07<script>alert(1)</script> [bold]x[/bold] `| a |` \u202egnp\n::error::hacked\n```\n# top"
)

VALUE = Finding(
    kind="value",
    must=True,
    message="2 of 2 elements differ; the largest difference is 5.0, at [1].",
    where='result["values"]',
    expected="tensor([6., 15.])",
    actual="tensor([5., 10.])",
    counterexample="x = torch.tensor([[1., 2., 3.], [4., 5., 6.]])\ndim = -1",
    shrunk=True,
    mistake='The index that disappears is the one summed: "ij->j" adds up each column.',
    probe="einsum.row_sums/row_sums",
    printed="summing over rows\nshape: torch.Size([2, 3])",
)
ADVICE = Finding(
    kind="aliasing",
    must=False,
    message="The result shares memory with x: writing into one changes the other.",
    counterexample="x = torch.tensor([[1.]])",
    shrunk=True,
    probe="einsum.transpose/transpose",
)
RAISED = Finding(
    kind="raised",
    must=True,
    message="RuntimeError: einsum(): subscript i has size 3, which does not match 2\n"
    'line 12: return torch.einsum("ii->", x)',
    expected="tensor([0.])",
    counterexample="x = torch.zeros((2, 3))",
    shrunk=True,
    probe="einsum.trace/trace",
)
GRADIENT = Finding(
    kind="gradient",
    must=True,
    message="The gradient with respect to a never arrives.",
    where="gradient of a",
    expected="tensor([1., 2.])",
    actual="None",
    counterexample="a = torch.tensor([1., 1.]).requires_grad_()\nb = torch.tensor([1., 2.])",
    shrunk=True,
    device="cuda",
    probe="einsum.dot/dot",
)
SECRET = Finding(
    kind="value",
    must=True,
    message="1 of 1 elements differs: secret message",
    expected="secret expected",
    actual="secret actual",
    counterexample="x = 'secret counterexample'",
    shrunk=True,
    mistake="secret mistake",
    probe="einsum.outer/secret_probe",
    hidden=True,
    printed="secret printed",
    where="secret where",
)
STUB = Finding(kind="missing", must=True, message="inner is still the stub.")
SLOW = Finding(kind="timeout", must=True, message="No answer within 2 s.", counterexample="m = torch.empty((0, 3))")
DECOY = Finding(kind="needs", must=True, message="The result is not produced by torch.einsum (line 30: return a @ b).")
EVIL = Finding(
    kind="raised",
    must=True,
    message=f"ValueError: {HOSTILE}",
    expected="tensor([1.])",
    actual=HOSTILE,
    counterexample="x = torch.tensor([1.])",
    shrunk=True,
    printed=HOSTILE,
)


def ada() -> list[Verdict]:
    return [
        decide("einsum.transpose", "passed", 1, examples=100, seconds=0.004, findings=[ADVICE], title="Transpose"),
        decide("einsum.trace", "raised", 1, examples=3, seconds=0.001, findings=[RAISED], title="Trace"),
        decide(
            "einsum.row_sums",
            "failed",
            2,
            examples=25,
            seconds=0.0123,
            findings=[VALUE],
            hints=["Which letter is left on the right of the arrow?"],
        ),
        decide("einsum.dot", "failed", 1, examples=25, findings=[GRADIENT]),
        decide("einsum.outer", "failed", 1.5, examples=150, hidden_examples=50, findings=[SECRET, SECRET]),
        decide("einsum.inner", "missing", 1, findings=[STUB]),
        decide("einsum.matvec", "timeout", 1, examples=1, seconds=2.0, findings=[SLOW]),
        decide("einsum.matmul", "forbidden", 1, examples=1, findings=[DECOY]),
    ]


def kim() -> list[Verdict]:
    evil = decide("einsum.trace", "raised", 1, examples=1, findings=[EVIL])
    ours = decide("einsum.dot", "not_judged", 1)
    return [decide("einsum.transpose", "passed", 1, examples=100, seconds=0.003), evil, ours]


def eve() -> list[Verdict]:
    broken = Finding(kind="unreadable", must=True, message="einsum.py, line 3: '(' was never closed")
    return [decide(f"einsum.{name}", "unreadable", 1, findings=[broken]) for name in ("transpose", "trace", "dot")]


def perfect(names: str = "transpose trace dot") -> list[Verdict]:
    return [decide(f"einsum.{name}", "passed", 1, examples=100, seconds=0.002) for name in names.split()]


def submission(verdicts: list[Verdict], student: str = "ada", **more: object) -> SubmissionReport:
    return submission_report(student, "einsum", "einsum.py", verdicts, seconds=0.31, **more)  # type: ignore[arg-type] # of any field


def report(*submissions: SubmissionReport) -> Report:
    return Report(
        course="Deep Learning 101",
        seed="secret seed",
        versions={"torch": "2.15.0", "grader": "0.1.0"},
        sandbox=Sandbox("strong", {"landlock": "ok", "seccomp": "ok", "uid": "ok"}),
        submissions=submissions,
        seconds=3.2,
    )


def a_class() -> Report:
    indexing = [
        decide("indexing.one_hot", "passed", 2, examples=100),
        decide("indexing.pick_rows", "failed", 1, findings=[VALUE]),
    ]
    return report(
        submission(ada(), notes=["Cell 4 raised NameError: name 'y' is not defined; the other cells were run."]),
        submission_report("ada", "indexing", "indexing.ipynb", indexing, seconds=0.2),
        submission(eve(), "eve"),
        submission(kim(), "김민준"),
        submission(perfect(), "[bold]zoe[/bold]"),
    )
