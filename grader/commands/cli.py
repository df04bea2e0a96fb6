"""The command `grader`: which verbs there are, and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import contextlib
import contextvars
import functools
import importlib
import inspect
import itertools
import os
import select
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
import typer.core
import typer.main

from grader import __version__
from grader.commands import verbs
from grader.records.errors import EXIT_AUTHOR, EXIT_OK, EXIT_OURS, GraderError, SandboxError, UsageError
from grader.records.text.language import ENGLISH, ask, choose
from grader.records.text.nearest import did_you_mean
from grader.records.text.saying import available_languages, say, translated

EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141

EXTRAS = {
    "jinja2": "course",
    "nbformat": "course",
    "jupytext": "course",
    "charset_normalizer": "course",
    "sqlalchemy": "course",
}
"""What only authors and instructors need, by the extra that brings it; nbgrader tells of its own."""

SETTINGS = {"help_option_names": ["-h", "--help"]}


class LazyCommand(typer.core.TyperCommand):
    """A verb as the help lists it; its module is imported when it is used."""

    def __init__(self, name: str) -> None:
        panel, summary = (translated(text, choose(None)) for text in verbs.VERBS[name])
        super().__init__(name, help=summary, rich_help_panel=panel)

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Import the verb's module and parse its arguments with what it declares."""
        command = load_command(self.name or "", _of_help(args))
        return command.make_context(info_name, args, parent=parent, **extra)


class LazyGroup(typer.core.TyperGroup):
    """The verbs that exist, none of them imported."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the verbs in the order of the help."""
        return verbs.available()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a verb without importing it, None when there is no such verb."""
        return LazyCommand(cmd_name) if cmd_name in verbs.available() else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the verb that the arguments begin with; an unknown one names the nearest."""
        self.commands = {name: LazyCommand(name) for name in verbs.available()}
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a verb; Ctrl-C and a reader that went away (`grader ... | head`) end it with a code of their own."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            typer.echo("\n" + say("Interrupted."), err=True)
            raise typer.Exit(EXIT_INTERRUPTED) from None
        except BrokenPipeError:
            if _stdout_is_gone():
                raise typer.Exit(EXIT_BROKEN_PIPE) from None
            raise
        except OSError as error:
            if _stdout_refuses():
                raise UsageError(
                    f"cannot write to standard output: {error.strerror}", hint="Is the disk full?"
                ) from error
            raise
        return result


def _of_help(arguments: list[str]) -> str:
    """Return the language of the help: it is asked for before the options are read."""
    words = [word for argument in arguments for word in argument.split("=")]
    return choose(next((code for option, code in itertools.pairwise(words) if option == "--lang"), None))


def load_command(name: str, code: str = ENGLISH) -> Any:
    """Import a verb's module and return its command, with its examples below the help.

    The help of what students use is in the language of that code, as far as it is translated.
    """
    module = importlib.import_module(f"grader.commands.{name}")
    single = typer.Typer(add_completion=False, rich_markup_mode="rich", context_settings=SETTINGS)
    function = getattr(module, verbs.function_name(name))
    if name in verbs.SPEAKING:
        function = _with_language(function)
    code = code if verbs.VERBS[name][0] == verbs.STUDENTS else ENGLISH
    examples = [(line, translated(what, code)) for line, what in getattr(module, "EXAMPLES", ())]
    single.command(name, epilog=_epilog(examples))(function)
    command: Any = typer.main.get_command(single)
    for part in (command, *command.params):
        if part.help:
            part.help = translated(part.help, code)
    return command


def help_texts(name: str) -> list[str]:
    """Return the English texts of a verb's help, for whoever translates them."""
    command = load_command(name)
    module = importlib.import_module(f"grader.commands.{name}")
    found = [part.help for part in (command, *command.params)]
    return [text for text in (*found, *(what for _, what in getattr(module, "EXAMPLES", ()))) if text]


def _with_language(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a verb's function with the option `--lang`, which is heard before the function is called."""
    signature = inspect.signature(function, eval_str=True)
    known = "|".join((ENGLISH, *available_languages()))
    said = "Language of what is said; the course's or your machine's unless given."
    option = Annotated[str | None, typer.Option("--lang", metavar=known, callback=_ask, help=said)]
    extra = inspect.Parameter("lang", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=option)

    @functools.wraps(function)
    def spoken(*args: Any, lang: str | None, **options: Any) -> Any:
        return function(*args, **options)

    whole = signature.replace(parameters=[*signature.parameters.values(), extra])
    spoken.__signature__ = whole  # type: ignore[attr-defined]  # what typer reads; mypy knows it of no function
    spoken.__annotations__ = {name: each.annotation for name, each in whole.parameters.items()}
    return spoken


def _ask(code: str | None) -> None:
    known = (ENGLISH, *available_languages())
    if code is not None and code not in known:
        raise UsageError(f"--lang {code!r} is not known", hint=did_you_mean(code, known))
    ask(code)


def _epilog(examples: Sequence[tuple[str, str]]) -> str | None:
    """Lay out examples one below the other: a blank line between two keeps rich from joining them."""
    if not examples:
        return None
    lines = [f"  [cyan]{line}[/cyan]   [dim]{what}[/dim]" for line, what in examples]
    return "\n\n".join(["[bold]Examples[/bold]", *lines])


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"grader {__version__}")
        raise typer.Exit


@app.callback()
def grader(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Show the version."),
) -> None:
    """Auto-graded exercises for PyTorch courses."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit.

    Exit codes: 0 done; 1 a student's answer fails a check; 2 wrong use or a broken course; 3 ours; 130 interrupted.
    """
    code = run(sys.argv[1:] if arguments is None else arguments)
    if code == EXIT_INTERRUPTED and arguments is None:
        _leave(code)  # whoever pressed Ctrl-C need not wait until torch is taken apart
    sys.exit(code)


def _leave(code: int) -> None:
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit code; every error has become a message on stderr.

    The language that it speaks is its own: a caller's stays as it is.
    """
    return contextvars.copy_context().run(_run, arguments)


def _run(arguments: list[str]) -> int:
    try:
        typer.main.get_command(app).main(args=arguments, prog_name="grader")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else EXIT_OK
    except GraderError as error:
        if error.exit_code == EXIT_OURS and not isinstance(error, SandboxError):
            traceback.print_exc()
        show_error(error.message, error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        typer.echo("\n" + say("Interrupted."), err=True)
        return EXIT_INTERRUPTED
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            return _our_bug(error)
        show_error(f"{error.name} is not installed.", f"Install it with: pip install 'torch-grader[{extra}]'")
        return EXIT_AUTHOR
    except Exception as error:  # noqa: BLE001 - the last line of defence: everything unforeseen is our bug
        return _our_bug(error)
    return EXIT_OK


def _our_bug(error: Exception) -> int:
    traceback.print_exception(error)
    show_error(f"this is a bug of grader: {type(error).__name__}", "Please report it with the traceback above.")
    return EXIT_OURS


def show_error(message: str, hint: str | None = None) -> None:
    """Print a message and what to do next on stderr, in red in a terminal, with control characters made visible."""
    from rich.console import Console
    from rich.text import Text

    from grader.records.text.clean import clean

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(Text.assemble((say("error: "), "bold red"), (clean(message), "red")))
    if hint:
        console.print(Text(clean(hint)))


def _stdout_refuses() -> bool:
    """Say whether what is still held back cannot be written out; if so, it goes nowhere, without another error."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    return False


def _stdout_is_gone() -> bool:
    """Say whether nobody reads our output any more; if so, the rest of it goes nowhere, without another error."""
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(sys.stdout.fileno(), select.POLLOUT)
        if not any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0)):
            return False
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True
