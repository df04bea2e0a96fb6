"""Makes pictures/notebook.png: a released notebook in JupyterLab, a wrong answer checked and a right one.

    python -m docs.draw_notebook

Needs the extras `dev` and `browser`, and a Chromium or Chrome on the PATH.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat

from grader.course.settings import load_course
from grader.publishing.release import release_to_folder
from tests.courses import REPOSITORY
from tests.integrations.notebook import lab

PICTURE = Path(__file__).parent / "pictures/notebook.png"
NOTEBOOK = "assignments/einsum/einsum.ipynb"
STUB = "    raise NotImplementedError"
ANSWERS = {
    "transpose": '    return torch.einsum("rc->rc", x).reshape(x.shape[1], x.shape[0])',
    "diagonal": '    return torch.einsum("nn->n", x)',
}


def main() -> None:
    """Release one assignment in English, answer, run, and take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        list(release_to_folder(load_course(REPOSITORY), Path(folder), ["einsum"], language="en"))
        path = Path(folder) / NOTEBOOK
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            exercise = cell.metadata.get("grader", {}).get("exercise", "")
            cell.source = cell.source.replace(STUB, ANSWERS.get(exercise, STUB))
        nbformat.write(notebook, path)
        with lab.opened(Path(folder), NOTEBOOK, width=1000, height=920) as page:
            lab.run_all(page)
            page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
            page.evaluate("document.querySelectorAll('.jp-Notebook h2')[0].scrollIntoView()")
            page.locator(".jp-NotebookPanel").screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
