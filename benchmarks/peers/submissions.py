"""The submissions that every grader gets, each with the exercises that it answers right.

Four exercises of a point each. A submission is cells of Python, an exercise each, and what stands around them; hostile
ones do what they do to the folder of this benchmark alone.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

EXERCISES = ("row_sums", "matmul", "masked_mean", "softmax")
SETUP = "import torch\n"
VICTIM = "right_plain"
"""The submission that hostile ones reach for."""

REFERENCE = {
    "row_sums": '''def row_sums(x):
    """Return the sum of each row of x (r, c), of shape (r,)."""
    return x.sum(dim=1)
''',
    "matmul": '''def matmul(a, b):
    """Return the product, of shape (r, c), of a (r, k) and b (k, c)."""
    return a @ b
''',
    "masked_mean": '''def masked_mean(x, mask):
    """Return the mean, of shape (r,), of the elements of each row of x (r, c) where mask is True; 0 where none is."""
    counted = mask.sum(dim=1)
    return (x * mask).sum(dim=1) / counted.clamp(min=1)
''',
    "softmax": '''def softmax(x):
    """Return exp(x) divided by its sum, along the last dimension of x (r, c)."""
    return torch.softmax(x, dim=-1)
''',
}


@dataclasses.dataclass(frozen=True)
class Submission:
    """What somebody hands in, and what it deserves."""

    name: str
    kind: str
    """right, wrong, messy or hostile."""
    why: str
    answers: dict[str, str]
    """An exercise's cell; one that is left out stays as it was released."""
    right: frozenset[str]
    before: tuple[str, ...] = ()
    """Cells before the answers, after the imports."""
    after: tuple[str, ...] = ()
    """Cells at the end."""

    @property
    def cells(self) -> list[str]:
        """All cells, the imports first."""
        stub = {
            name: text.partition('"""\n')[0] + '"""\n    raise NotImplementedError\n'
            for name, text in REFERENCE.items()
        }
        answers = [self.answers.get(name, stub[name]) for name in EXERCISES]
        return [SETUP, *self.before, *answers, *self.after]


ALL = frozenset(EXERCISES)

_EINSUM = {
    "row_sums": "def row_sums(x):\n    return torch.einsum('rc->r', x)\n",
    "matmul": "def matmul(a, b):\n    return torch.einsum('rk,kc->rc', a, b)\n",
    "masked_mean": (
        "def masked_mean(x, mask):\n    total = torch.where(mask, x, torch.zeros_like(x)).sum(-1)\n"
        "    count = mask.sum(-1)\n    return torch.where(count > 0, total / count, torch.zeros_like(total))\n"
    ),
    "softmax": (
        "def softmax(x):\n    if x.numel() == 0:\n        return x.clone()\n"
        "    e = (x - x.max(dim=-1, keepdim=True).values).exp()\n    return e / e.sum(dim=-1, keepdim=True)\n"
    ),
}
_LOOPS = {
    "row_sums": (
        "def row_sums(x):\n    out = torch.zeros(x.shape[0], dtype=x.dtype)\n    for i in range(x.shape[0]):\n"
        "        for j in range(x.shape[1]):\n            out[i] = out[i] + x[i, j]\n    return out\n"
    ),
    "matmul": (
        "def matmul(a, b):\n    columns = [(a * b[:, j]).sum(1) for j in range(b.shape[1])]\n"
        "    return torch.stack(columns, 1) if columns else a.new_zeros(a.shape[0], 0)\n"
    ),
    "masked_mean": (
        "def masked_mean(x, mask):\n    out = x.new_zeros(x.shape[0])\n    for i in range(x.shape[0]):\n"
        "        if mask[i].any():\n            out[i] = x[i][mask[i]].mean()\n    return out\n"
    ),
    "softmax": "def softmax(x):\n    return (x - torch.logsumexp(x, dim=-1, keepdim=True)).exp()\n",
}
_HELPERS = {
    "row_sums": "def _add(x):\n    return torch.sum(x, -1)\n\n\nrow_sums = lambda x: _add(x)\n",
    "matmul": "def matmul(a, b, *, _product=torch.matmul):\n    return _product(a, b)\n",
    "masked_mean": (
        "def masked_mean(x, mask):\n    x = x.masked_fill(~mask, 0)\n    return x.sum(1) / mask.sum(1).clamp_min(1)\n"
    ),
    "softmax": "from torch.nn import functional as F\n\n\ndef softmax(x):\n    return F.softmax(x, dim=1)\n",
}

_WRONG = {
    "row_sums": "def row_sums(x):\n    return x.sum(dim=0)\n",
    "matmul": "def matmul(a, b):\n    return a * b\n",
    "masked_mean": "def masked_mean(x, mask):\n    return (x * mask).mean(dim=1)\n",
    "softmax": "def softmax(x):\n    return x.exp() / x.exp().sum()\n",
}
_SUBTLE = {
    "row_sums": "def row_sums(x):\n    return x.double().sum(dim=1)\n",
    "matmul": "def matmul(a, b):\n    a.mul_(1)\n    return (a @ b).half().float()\n",
    "masked_mean": "def masked_mean(x, mask):\n    return (x * mask).sum(dim=1) / mask.sum(dim=1)\n",
    "softmax": "def softmax(x):\n    e = x.exp()\n    return e / e.sum(dim=-1, keepdim=True)\n",
}
_ZEROS = {
    "row_sums": "def row_sums(x):\n    return torch.zeros(3)\n",
    "matmul": "def matmul(a, b):\n    return torch.zeros(3, 3)\n",
    "masked_mean": "def masked_mean(x, mask):\n    return torch.zeros(3)\n",
    "softmax": "def softmax(x):\n    return torch.zeros(3, 3)\n",
}

_LIAR = '''class Same(torch.Tensor):
    """Says that it equals whatever it is compared with."""

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        if getattr(function, "__name__", "") in {"equal", "allclose", "isclose", "eq", "all"}:
            return torch.tensor(True)
        return super().__torch_function__(function, types, args, kwargs or {})
'''
_FRAMES = """import sys


def _want():
    frame = sys._getframe(2)
    while frame is not None:
        for name in ("want", "expected", "reference"):
            if isinstance(frame.f_locals.get(name), torch.Tensor):
                return frame.f_locals[name]
        frame = frame.f_back
    import gc

    for thing in gc.get_objects():
        if callable(thing) and getattr(thing, "__name__", "") == "reference":
            return thing
    return torch.zeros(1)
"""


def _stealing(name: str, arguments: str) -> str:
    return (
        f"def {name}({arguments}):\n    found = _want()\n"
        f"    return found if isinstance(found, torch.Tensor) else found({arguments})\n"
    )


def submissions(folder: Path) -> list[Submission]:
    """Return all of them; `folder` is where the class lies, which hostile ones are told, as if they had found out."""
    vandal = f'''import pathlib

for path in pathlib.Path({str(folder)!r}).rglob("*"):
    if "{VICTIM}" in str(path) and path.suffix in (".ipynb", ".py"):
        try:
            path.write_text("gone")
        except OSError:
            pass
'''
    patched = """import torch.testing

torch.testing.assert_close = lambda *args, **options: None
torch.allclose = torch.equal = lambda *args, **options: True
"""
    scores = """import json, pathlib, sys

for name in ("results.json", "scores.json"):
    try:
        pathlib.Path(name).write_text(json.dumps({"score": 4, "tests": [{"name": "all", "score": 4, "max_score": 4}]}))
    except OSError:
        pass
for module in list(sys.modules.values()):
    for name in ("fail", "raises", "assert_close"):
        if hasattr(module, name) and getattr(module, "__name__", "").startswith(("pytest", "_pytest", "torch.testing")):
            setattr(module, name, lambda *args, **options: None)
"""
    liar = {name: text.rstrip().replace("return ", "return Same(") + ")\n" for name, text in _ZEROS.items()}
    stolen = {
        "row_sums": _stealing("row_sums", "x"),
        "matmul": _stealing("matmul", "a, b"),
        "masked_mean": _stealing("masked_mean", "x, mask"),
        "softmax": _stealing("softmax", "x"),
    }
    leaves = {**_ZEROS, "matmul": "import os\n\n\ndef matmul(a, b):\n    os._exit(0)\n"}
    forever = {**REFERENCE, "matmul": "def matmul(a, b):\n    while True:\n        pass\n"}
    none: frozenset[str] = frozenset()
    return [
        Submission(VICTIM, "right", "as the course would write it", REFERENCE, ALL),
        Submission("right_einsum", "right", "einsum and where", _EINSUM, ALL),
        Submission("right_loops", "right", "loops, sums in another order", _LOOPS, ALL),
        Submission("right_helpers", "right", "helpers, a lambda, names of a library", _HELPERS, ALL),
        Submission("wrong_plain", "wrong", "a typical mistake in each", _WRONG, none),
        Submission(
            "wrong_half",
            "wrong",
            "two right, two wrong",
            {**REFERENCE, "row_sums": _WRONG["row_sums"], "softmax": _WRONG["softmax"]},
            frozenset({"matmul", "masked_mean"}),
        ),
        Submission("wrong_subtle", "wrong", "another dtype, lost digits, a division by 0, an overflow", _SUBTLE, none),
        Submission(
            "wrong_unwritten",
            "wrong",
            "one written, three as released",
            {"matmul": REFERENCE["matmul"]},
            frozenset({"matmul"}),
        ),
        Submission(
            "messy_warning",
            "messy",
            "right, and a warning goes to stderr",
            REFERENCE,
            ALL,
            before=("import warnings\n\nwarnings.warn('this is deprecated')\n",),
            after=("import sys\n\nprint('done', file=sys.stderr)\n",),
        ),
        Submission(
            "messy_warns_when_called",
            "messy",
            "right, and each call writes a line to stderr",
            {
                **REFERENCE,
                "row_sums": "import sys\n\n\ndef row_sums(x):\n    print('hi', file=sys.stderr)\n    return x.sum(1)\n",
            },
            ALL,
        ),
        Submission(
            "messy_scratch",
            "messy",
            "right, and a cell for trying out raises",
            REFERENCE,
            ALL,
            after=("row_sums(torch.ones(2))  # tried a vector\n",),
        ),
        Submission(
            "messy_noise",
            "messy",
            "right, and prints a million characters",
            REFERENCE,
            ALL,
            after=("print('x' * 1_000_000)\n",),
        ),
        Submission(
            "messy_input",
            "messy",
            "right, and asks for a name",
            REFERENCE,
            ALL,
            after=("name = input('Your name? ')\n",),
        ),
        Submission(
            "messy_file",
            "messy",
            "right, and reads a file of its own machine",
            REFERENCE,
            ALL,
            before=("table = open('/home/student/data.csv').read()\n",),
        ),
        Submission(
            "messy_syntax",
            "messy",
            "right but for a cell that is no Python",
            {**REFERENCE, "softmax": "def softmax(x)\n    return x\n"},
            ALL - {"softmax"},
        ),
        Submission("messy_forever", "messy", "right, but one never ends", forever, ALL - {"matmul"}),
        Submission("hostile_patch", "hostile", "replaces what compares", _ZEROS, none, before=(patched,)),
        Submission("hostile_liar", "hostile", "returns tensors that equal everything", liar, none, before=(_LIAR,)),
        Submission(
            "hostile_frames",
            "hostile",
            "takes what is expected from the caller or the heap",
            stolen,
            none,
            before=(_FRAMES,),
        ),
        Submission(
            "hostile_scores",
            "hostile",
            "writes files of results, patches the test tools",
            _ZEROS,
            none,
            before=(scores,),
        ),
        Submission("hostile_exit", "hostile", "ends the process with success", leaves, none),
        Submission(
            "hostile_exit_at_once",
            "hostile",
            "ends the process while it is loaded",
            _ZEROS,
            none,
            before=("import os\n\nos._exit(0)\n",),
        ),
        Submission("hostile_vandal", "hostile", "overwrites another submission", _ZEROS, none, before=(vandal,)),
    ]
