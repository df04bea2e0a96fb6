"""Shows what came of the mutants on a terminal: a table of shares, and every survivor as a diff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.syntax import Syntax
from rich.table import Table

from grader.publishing.mutants.equivalent import FILE
from grader.publishing.mutants.report import MutantReport, Share

if TYPE_CHECKING:
    from rich.console import Console


def show(report: MutantReport, console: Console, *, verbose: bool = False) -> None:
    """Print survivors and how to mark them, with `verbose` the equivalents with their reasons, then the table."""
    for result in report.results:
        if result.state == "survived" or (verbose and result.state == "equivalent"):
            console.print(f"[bold]{result.state}[/] {escape(result.exercise)}: {escape(result.kind)}")
            console.print(Syntax(result.diff, "diff", background_color="default", word_wrap=True))
            if result.reason:
                console.print(f"[dim]{escape(result.reason)}[/]")
            elif result.mark:
                where = f"solutions/{result.assignment}/{FILE}"
                console.print(f"[dim]If this is right all the same, add to {escape(where)}, with the reason:[/]")
                console.print(f"[dim]{escape(result.mark)}[/]", soft_wrap=True)
            console.print()
    console.print(table(report))
    if len(report.results) < report.made:
        console.print(f"[dim]{len(report.results)} of {report.made} mutants were tried; --all tries every one.[/]")


def table(report: MutantReport) -> Table:
    """Return the shares by exercise, assignment and over all."""
    rows = Table("", "mutants", "caught", "equivalent", "survived", "share", box=None, header_style="bold")
    for column in rows.columns[1:]:
        column.justify = "right"
    for name, share in report.assignments().items():
        for exercise, one in report.exercises().items():
            if exercise.partition(".")[0] == name:
                rows.add_row(f"  {escape(exercise)}", *_cells(one))
        rows.add_row(escape(name), *_cells(share), style="bold")
    rows.add_row("all", *_cells(report.total()), style="bold")
    return rows


def _cells(share: Share) -> tuple[str, ...]:
    numbers = (share.mutants, share.caught, share.equivalent, share.survived)
    return (*map(str, numbers), f"{100 * share.share:.1f}%")
