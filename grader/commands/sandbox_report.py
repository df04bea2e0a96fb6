"""`grader doctor --sandbox`: the layers of this host's lock-down, and what a runner could do that it must not."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from grader.engine.sandbox.report import SandboxReport

_MEANING = {
    "strong": "student code is kept from files, network, processes and memory of others by several layers",
    "good": "the mandatory layers hold and every mandatory act was denied; some further layer is missing",
    "weak": "something holds back too little: grade nobody's code but your own here",
}


def show_sandbox(json_file: Path | None) -> None:
    """Measure every profile on this host and print what came of it. Raises `UsageError` where one is weak."""
    import msgspec

    from grader.records.errors import UsageError

    reports = _measured()
    if json_file is not None:
        text = msgspec.json.format(msgspec.json.encode({**host(), "profiles": reports}), indent=1) + b"\n"
        if str(json_file) == "-":
            typer.echo(text.decode(), nl=False)
        else:
            json_file.write_bytes(text)
    if str(json_file) != "-":
        typer.echo("\n".join(describe(reports)))
    weak = [profile for profile, report in reports.items() if report.level == "weak"]
    if weak:
        raise UsageError(
            f"this host locks student code down only weakly ({', '.join(weak)})",
            hint="The lines above name what is refused; docs/maintainers/security.md says what each layer needs.",
        )


def _measured() -> dict[str, SandboxReport]:
    """Return a report for each profile and, where there is a GPU, for runners that use it."""
    from grader.engine.sandbox.gpus import has_cuda
    from grader.engine.sandbox.limits import PROFILES
    from grader.engine.sandbox.zygote import Zygote

    with Zygote.start([], warm="minimal") as zygote:
        reports: dict[str, SandboxReport] = {profile: zygote.report(profile) for profile in PROFILES}
    if has_cuda():
        with Zygote.start([], warm="minimal", gpu=True) as zygote:
            reports["cuda"] = zygote.report()
    return reports


def host() -> dict[str, str]:
    """Return what an answer to a report has to know of this host."""
    from grader import __version__

    return {
        "grader": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "os": sys.platform,
    }


def describe(reports: dict[str, SandboxReport]) -> list[str]:
    """Return the lines for a person: a block for each profile, plain text that survives being pasted."""
    facts = host()
    lines = [f"grader {facts['grader']} · Python {facts['python']} · {facts['system']}"]
    for profile, report in reports.items():
        lines += ["", f"{profile}: {report.level} ({_MEANING[report.level]})", "  layers"]
        for layer, state in report.layers.items():
            detail = report.details.get(layer)
            lines.append(f"    {layer:<22} {state}{f' ({detail})' if detail else ''}")
        lines.append("  what a runner tried")
        lines += [f"    {act:<36} {result}" for act, result in report.acts.items()]
    return lines
