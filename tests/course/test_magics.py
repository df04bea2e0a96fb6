"""Jupyter's own syntax is taken out where Python stumbles over it, and only there."""

from __future__ import annotations

import contextlib
import sys

import pytest

from grader.course.magics import NotPython, check_compiles, python_of
from grader.course.setup_cell import setup_source


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install torch\nx = 1", "pass\nx = 1"),
        ("!pip install \\\n  torch\nx = 1", "pass\n\nx = 1"),
        ("?torch.einsum\ntorch.einsum??", "pass\npass"),
        ("def f():\n    %precision 3\n    return 1", "def f():\n    pass\n    return 1"),
        ("if x:\n    !ls\nelse:\n    pass", "if x:\n    pass\nelse:\n    pass"),
        ("files = !ls", "files = []"),
        ("a, b = %sx echo", "a, b = None"),
        ("%time y = f(3)", "y = f(3)"),
        ("%prun -l 4 f(3)", "f(3)"),
        ("%%time\ndef f(): return 1", "pass\ndef f(): return 1"),
        ("\n%%capture out\nx = 1", "\npass\nx = 1"),
        ("get_ipython().run_line_magic('matplotlib', 'inline')\nx = 1", "pass\nx = 1"),
        ("!echo 'unclosed\n!ls (", "pass\npass"),
        ("%cd C:\\data", "pass"),
    ],
)
def test_taken_out(cell: str, expected: str) -> None:
    assert python_of(cell) == (expected, True)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "x = 7",
        "x = (7\n% 4)",
        'text = """\n%matplotlib inline\n!ls\n?help\n"""',
        "# %%\n# !pip",
        "def f():\n    '''\n    !pip install\n    '''",
    ],
)
def test_left_alone(cell: str) -> None:
    assert python_of(cell) == (cell, False)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("def f(:\n    pass", "line 1: invalid syntax\n    def f(:\n          ^"),
        ("%matplotlib inline\nx = = 1", "line 2: invalid syntax\n    x = = 1\n        ^"),
        ("%%bash\nls", "it begins with %%bash, so the notebook does not run it as Python"),
        ("%%\nls", "it begins with %%, so the notebook does not run it as Python"),
        ("return 1", "line 1: 'return' outside function\n    return 1\n    ^"),
        ("x = '\ud800'", "it holds half of a character (a lone surrogate)"),
        ("x = " + "-" * 90_000 + "1", "it is nested too deeply to be read"),
        ("import " + "a." * 300_000 + "b", "a dotted name of more than 500 parts"),
        ("a\0b", "it holds a null byte"),
        ("a;" * 100_000, "it holds more than 100,000 words and signs, or 20,000 braces"),
        ("[" + "a," * 100_000 + "]", "it holds more than 100,000 words and signs, or 20,000 braces"),
        ('f"' + "{a}" * 30_000 + '"', "it holds more than 100,000 words and signs, or 20,000 braces"),
    ],
)
def test_no_python(cell: str, message: str) -> None:
    with pytest.raises(NotPython) as caught:
        python_of(cell)
    assert caught.value.located() == message


@pytest.mark.parametrize(
    "line", [" " * 50_000 + "$", "a" * 50_000 + " $", "a " * 50_000 + "= $", "%time " + "-a " * 50_000]
)
def test_no_pattern_takes_longer_than_the_line_is_long(line: str) -> None:
    """Each would take hours if a pattern tried every way to share the line among its parts."""
    with contextlib.suppress(NotPython):
        python_of(line)


def test_long_texts_are_few_words() -> None:
    assert python_of("x = '" + "a" * 1_000_000 + "'")[1] is False


def test_a_flood_of_magics_is_given_up() -> None:
    with pytest.raises(NotPython):
        python_of("!ls\n" * 1000)


def test_the_caret_stays_below_a_long_line() -> None:
    with pytest.raises(NotPython) as caught:
        python_of("x = '" + "a" * 1000 + "' = = 1")
    place, shown, caret = caught.value.located().split("\n")
    assert place.startswith("line 1:")
    assert len(shown) <= 164
    assert caret.strip() == "^"
    assert len(caret) <= len(shown) + 1


def test_warnings_of_the_source_stay_silent(recwarn: pytest.WarningsRecorder) -> None:
    python_of("x = '\\d' is 3")
    assert not recwarn.list


def test_the_lines_of_a_test_cell_are_taken_out() -> None:
    cell = 'from grader.magic import check_cell\n\ncheck_cell("einsum.trace")\nx = check_cell'
    assert python_of(cell) == ("pass\n\npass\nx = check_cell", False)


def test_what_a_released_notebook_adds_is_no_part_of_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without IPython, whose import takes half a second; lines stay where they are."""
    monkeypatch.setitem(sys.modules, "IPython.core.inputtransformer2", None)
    first, count = setup_source("https://example.org/a.zip#now"), len(setup_source("https://a.b/").split("\n"))
    source, changed = python_of(f"{first}\nx = 1")
    assert not changed
    assert [line for line in source.split("\n") if line.strip() not in ("", "pass")] == [first.split("\n")[0], "x = 1"]
    assert source.split("\n")[count] == "x = 1"
    assert python_of('def f():\n    return 1\ncheck("a.f")')[0] == "def f():\n    return 1\npass"


@pytest.mark.parametrize(
    "pip",
    [
        "    # %pip install -q torch-grader",
        "#     %pip install -q torch-grader",
        "    get_ipython().run_line_magic('pip', 'install -q torch-grader')",
    ],
)
def test_what_a_tool_makes_a_script_of_is_read_alike(pip: str) -> None:
    """As jupytext, Colab and nbconvert write the first cell: a magic in a comment leaves Python behind."""
    script = setup_source().replace("    %pip install -q torch-grader", pip)
    assert script != setup_source()
    source, changed = python_of(
        script.replace("%reload_ext grader", "get_ipython().run_line_magic('reload_ext', 'grader')")
    )
    assert "grader" not in source
    assert not changed
    check_compiles(setup_source().replace("    %", "#   %").replace("%reload", "# %reload"), "script")
