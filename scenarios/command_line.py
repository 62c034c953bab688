"""The command line as click sees it: verbs, help made from the catalogue, errors in one line, exit codes."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple, TextIO

import click

from scenarios import catalogue, completion
from scenarios.errors import BadInput, Remark, UnknownName, nearest
from scenarios.values import shown

DONE, A_RUN_FAILED, BAD_INPUT = 0, 1, 2
WIDTH = 110

_GRAMMAR = """Settings are written key=value, names may stand for the obvious key:

\b
  lepsim run ealing
  lepsim run place=ealing scenario=small_group_tuition years=12
  lepsim compare ealing early_language
  lepsim run "la=Bristol, City of" draws=20
  lepsim place build la=Ealing data=FOLDER year=2018 out=ealing.place
  lepsim run ealing.place

`lepsim VERB --help` lists every setting with its range and default. Tab completion in bash (or zsh, fish):

\b
  eval "$(_LEPSIM_COMPLETE=bash_source lepsim)"
"""


class Verb(NamedTuple):
    """One verb: its name, what it does in a line, the names it takes, and the function that does it."""

    name: str
    summary: str
    names: str
    act: Callable[[list[str]], int]


def start(verbs: Mapping[str, Verb], bad_input: tuple[type[Exception], ...] = ()) -> int:
    """Do what the command line says.

    Parameters
    ----------
    verbs : Mapping of str to Verb
        The verbs there are.
    bad_input : tuple of type, optional
        Other errors that mean bad input, as for a folder of results that cannot be read.

    Returns
    -------
    int
        0 done, 1 a run failed, 2 bad input.
    """
    refused: tuple[type[Exception], ...] = (BadInput, *bad_input)
    try:
        words = sys.argv[1:] or ["--help"]
        with warnings.catch_warnings():
            warnings.showwarning = partial(_remarked, warnings.showwarning)
            found = _group(verbs).main(words, prog_name="lepsim", standalone_mode=False)
    except click.ClickException as error:
        return _refused(error.format_message())
    except refused as error:
        return _refused(str(error))
    except (click.Abort, KeyboardInterrupt):
        print(
            "lepsim: stopped. Runs that had finished are kept: the same command goes on from there.",
            file=sys.stderr,
        )
        return A_RUN_FAILED
    return found if isinstance(found, int) else DONE


def _remarked(
    otherwise: Callable[..., None],
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Print a remark in one line; leave other warnings to Python."""
    if issubclass(category, Remark):
        print(f"lepsim: note: {' '.join(str(message).split())}", file=sys.stderr)
    else:
        otherwise(message, category, filename, lineno, file, line)


def _refused(message: str) -> int:
    one_line = " ".join(message.split())
    sys.stderr.write(f"lepsim: {one_line}\n".encode("utf-8", "replace").decode("utf-8"))
    return BAD_INPUT


class _Group(click.Group):
    """Verbs in the order given, with the nearest one where there is none of that name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the verbs in the order given."""
        return list(self.commands)

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """Complete first words only; the second is completed after it."""
        return [item for item in super().shell_complete(ctx, incomplete) if " " not in str(item.value)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        together = catalogue.SECOND_WORDS.get((args[0], args[1])) if len(args) > 1 else None
        if together is not None and together in self.commands:
            return together, self.commands[together], args[2:]
        verb = args[0] if args else ""
        if verb not in self.commands:
            raise UnknownName(
                "there is no such verb",
                where="the command line",
                found=shown(verb),
                allowed=", ".join(self.commands),
                nearest=nearest(verb, self.commands),
            )
        return super().resolve_command(ctx, args)


def _group(verbs: Mapping[str, Verb]) -> click.Group:
    from scenarios import version

    group = _Group(
        "lepsim",
        help="Projected outcomes and gaps of English schools, trusts and local authorities.",
        epilog=_GRAMMAR,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH},
        commands={verb.name: _command(verb) for verb in verbs.values()},
    )
    return click.version_option(version.VERSION, "--version", prog_name="lepsim")(group)


class _Command(click.Command):
    """A verb whose help ends with its settings."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the settings of the verb, each with what it does, what is allowed and its default."""
        for heading, rows in completion.help_tables(self.name or ""):
            with formatter.section(heading):
                formatter.write_dl(rows, col_max=28)


def _command(verb: Verb) -> click.Command:
    def act(words: tuple[str, ...]) -> int:
        return verb.act(list(words))

    words = click.Argument(
        ["words"],
        nargs=-1,
        type=click.UNPROCESSED,
        metavar=verb.names,
        shell_complete=lambda ctx, param, incomplete: [
            click.shell_completion.CompletionItem(item)
            for item in completion.complete(verb.name, ctx.params.get("words") or (), incomplete)
        ],
    )
    return _Command(
        verb.name,
        params=[words],
        callback=act,
        help=verb.summary,
        short_help=verb.summary,
        context_settings={
            "ignore_unknown_options": True, "help_option_names": ["-h", "--help"], "max_content_width": WIDTH,
        },
    )  # fmt: skip
