import pytest

from grader.integrations.notebook.slicing import needed_source


def needed(*cells, names=("f",)):
    return needed_source(cells, names)


def test_only_what_the_answer_needs_is_kept():
    cells = ("import torch\nimport os", "k = 2", "def helper(x): return k * x", "def f(x): return helper(x)", "f(1)")
    assert needed(*cells) == "k = 2\ndef helper(x): return k * x\ndef f(x): return helper(x)"
    assert needed("import torch, os", "def f(x): return torch.abs(x)").startswith("import torch, os\n")


def test_an_older_attempt_is_left_out():
    assert needed("def f(x):\n    while True: pass", "def f(x): return x") == "def f(x): return x"


def test_a_loop_or_call_that_hung_is_not_run_again():
    assert needed("def f(x): return x", "while True: pass", "y = f(3)", "f(4)") == "def f(x): return x"


def test_changes_to_what_is_needed_are_kept_in_order():
    cells = ("class f: pass", "f.k = 1", "table = {}", "table['a'] = f", "def g(): return table")
    assert needed(*cells, names=["g"]) == "class f: pass\nf.k = 1\ntable = {}\ntable['a'] = f\ndef g(): return table"


def test_a_definition_used_before_it_is_replaced_stays():
    source = needed("def f(x): return 1", "old = f", "def f(x): return old(x) + 1")
    assert source.count("def f") == 2


def test_magics_and_broken_cells_are_passed_over():
    assert needed("%matplotlib inline\nk = 1", "def broken(:", "!ls", "def f(): return k") == "k = 1\ndef f(): return k"


@pytest.mark.parametrize(
    "cell", ["x = 1; f = lambda: x", "@staticmethod\ndef f(): pass", "if True:\n    def f(): pass"]
)
def test_statements_keep_their_form(cell):
    assert "f" in needed(cell)
    compile(needed(cell), "cell", "exec")


def test_nothing_defined_gives_nothing():
    assert needed("x = 1") == ""
