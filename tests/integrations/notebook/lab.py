"""JupyterLab in a headless browser: a notebook is opened, run to its end and looked at.

Needs the extra `browser`, and a Chromium or Chrome (`tests/browser.py`).
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.browser import launched

_SECONDS = 120
_TOKEN = "only-here"
_WIDGET = "window.jupyterapp.shell.currentWidget"


@contextlib.contextmanager
def opened(root: Path, notebook: str, *, width: int = 1100, height: int = 1400) -> Iterator[Any]:
    """Open a notebook below `root` in JupyterLab, and give the page of the browser."""
    with _lab(root) as address, launched() as browser:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(_SECONDS * 1000)
        page.goto(f"{address}/lab/tree/{notebook}?token={_TOKEN}")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        page.wait_for_function(f"{_WIDGET}?.sessionContext?.session?.kernel?.status == 'idle'")
        yield page


def run_all(page: Any) -> None:
    """Run all cells of the notebook, and wait until the kernel has done them."""
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')", None)
    page.wait_for_function(
        f"{_WIDGET}.context.model.toJSON().cells.every(cell => cell.cell_type != 'code' || cell.execution_count)"
    )


def outputs(page: Any) -> dict[str, str]:
    """Return the pages that the check cells show, by exercise, as the notebook holds them."""
    notebook = page.evaluate(f"{_WIDGET}.context.model.toJSON()")
    found = {}
    for cell in notebook["cells"]:
        exercise = cell["metadata"].get("grader", {}).get("check")
        if exercise:
            html = [part for output in cell["outputs"] for part in output.get("data", {}).get("text/html", ())]
            found[exercise] = "".join(html)
    return found


def theme(page: Any, name: str) -> None:
    """Change to one of JupyterLab's own themes."""
    page.evaluate("name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: name})", name)
    light = "true" if "Light" in name else "false"
    page.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")
    page.wait_for_timeout(500)  # what its style sheets take


@contextlib.contextmanager
def _lab(root: Path) -> Iterator[str]:
    """Serve a folder with settings of its own, and give the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        settings = Path(home) / "settings/@jupyterlab"
        _write(settings / "notebook-extension/tracker.jupyterlab-settings", {"windowingMode": "none"})
        _write(settings / "apputils-extension/notification.jupyterlab-settings", {"fetchNews": "false"})
        environment = {
            **os.environ,
            "JUPYTER_CONFIG_DIR": home,
            "JUPYTER_RUNTIME_DIR": home,
            "IPYTHONDIR": home,
            "JUPYTERLAB_SETTINGS_DIR": str(settings.parent),
            "JUPYTERLAB_WORKSPACES_DIR": str(Path(home) / "workspaces"),
        }
        options = ["--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0"]
        options += [f"--IdentityProvider.token={_TOKEN}", f"--ServerApp.root_dir={root}"]
        options += ["--LabApp.expose_app_in_browser=True"]
        command = [sys.executable, "-m", "jupyterlab", *options]
        with Path(home, "log").open("wb") as log:
            server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            try:
                _wait(f"http://127.0.0.1:{port}/api/status?token={_TOKEN}", server, Path(home, "log"))
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()
                server.wait(30)


def _write(path: Path, settings: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(settings))


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.3)
    raise AssertionError(f"JupyterLab did not start:\n{log.read_text()}")
