"""What a student reads about bans and needs."""

from __future__ import annotations

from grader.engine.bans import analyse, decide, parse

BANS = ["torch.gather"]


def told(
    source: str, *, traced: tuple[str, ...] = (), bans: list[str] | None = None, needs: tuple[str, ...] = ()
) -> list[str]:
    bans = BANS if bans is None else bans
    static = analyse(parse([source]), ["f"], bans, needs)
    return [f"{kind}: {message}" for kind, message in decide(static, traced, bans, needs)]


def test_a_call_is_told_with_its_line() -> None:
    assert told("import torch\ndef f(x, i):\n    return torch.gather(x, 0, i)") == [
        "banned: line 3 calls torch.gather, which this exercise forbids: return torch.gather(x, 0, i)"
    ]


def test_a_method_is_told_as_the_student_wrote_it() -> None:
    assert told("def f(x, i):\n    return x.gather(0, i)") == [
        "banned: line 2 calls x.gather (torch.gather), which this exercise forbids: return x.gather(0, i)"
    ]


def test_a_mention_without_a_call_is_a_use() -> None:
    (message,) = told("import torch\ndef f(x, i):\n    return [torch.gather]")
    assert message.startswith("banned: line 3 uses torch.gather, ")


def test_many_calls_are_counted() -> None:
    body = "".join(f"    x = x.gather({n}, i)\n" for n in range(5))
    (message,) = told(f"def f(x, i):\n{body}    return x")
    assert message.count("which this exercise forbids") == 3
    assert message.endswith("; and 2 more")


def test_cells_are_counted_from_one() -> None:
    static = analyse(parse(["import torch", "def f(x, i):\n    return x.gather(0, i)"]), ["f"], BANS)
    ((_, message),) = decide(static, (), BANS, ())
    assert message.startswith("cell 2, line 2 calls ")


def test_what_hides_is_told_with_what_to_do() -> None:
    assert told("def f(x, i):\n    return eval('x')") == [
        "banned: line 2 uses eval, which hides what is called: return eval('x'); "
        "this exercise watches which functions are used, so call each by its plain name"
    ]


def test_what_hides_is_no_matter_where_nothing_is_forbidden() -> None:
    assert told("def f(x, i):\n    return eval('x')", bans=[]) == []


def test_a_trace_adds_a_finding() -> None:
    assert told("def f(x, i):\n    return x", traced=("torch.Tensor.gather", "torch.Tensor.sum")) == [
        "banned: while it ran, the submission called torch.Tensor.gather (torch.gather), which this exercise forbids"
    ]


def test_a_trace_never_excuses() -> None:
    assert told("def f(x, i):\n    return x.gather(0, i)", traced=()) != []


def test_a_missed_need_names_every_choice() -> None:
    assert told("def f(x, i):\n    return x", needs=("torch.scatter", "torch.scatter_add")) == [
        "needs: the result must be produced by torch.scatter or torch.scatter_add, "
        "and nothing that this exercise reaches calls it"
    ]
