"""Help, wrong usage and refusals in the language somebody asked for, each in one clear line."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from click.exceptions import NoArgsIsHelpError as NoCommand

from tracker.commands.desk import PROGRAM, REFUSED, UNSOUND
from tracker.words import LANGUAGES, N_, Words, speak

S = TypeVar("S", click.Command, click.Parameter)
HEADINGS = {"Usage:": N_("Usage:"), "Options:": N_("Options:"), "Commands:": N_("Commands:")}
# From the particular to the general: the last one is for a word too many.
USAGE = {
    click.NoSuchOption: N_("There is no option {name}. Check the spelling, or leave it out."),
    click.NoSuchCommand: N_("There is no command {name}. Choose {commands}."),
    NoCommand: N_("Say what to do: choose {commands}."),
    click.BadOptionUsage: N_("{name} lacks its value, or has one that it does not take. Mend that."),
    click.MissingParameter: N_("Something is missing: write {what} behind the command."),
    click.UsageError: N_("There is a word too many. Take it away, or put the words together in quotes."),
}
_HEADING = re.compile("^(?:Usage|Options|Commands):", re.MULTILINE)
UNSOUND_CODES = frozenset(
    (
        "not_ours",
        "newer",
        "damaged",
        "damaged_backup",
        "empty_file",
        "not_a_file",
        "schema_changed",
        "broken_record",
    )
)


class Reception(click.Group):
    """Turns what the rooms refuse into one clear line and an exit code."""

    say = speak("en")

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Reads the words before the command."""
        with _usage_in_words(self.say):
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a refusal of the store is an answer, not a crash."""
        from tracker.records import InvalidRecord
        from tracker.store import StoreError
        from tracker.words.import_problems import PROBLEMS

        try:
            with _usage_in_words(self.say):
                return super().invoke(ctx)
        except StoreError as error:
            code = UNSOUND if error.code in UNSOUND_CODES else REFUSED
            device = error.code == "not_a_file" and not Path(error.path or "").is_dir()
            text = PROBLEMS["no_plain_file"] if device else ""
            ctx.obj.refuse([f"{error.path}: {self.say(text) or self.say.problem(error.code)}"], code)
        except InvalidRecord as invalid:
            problems = invalid.problems.items()
            ctx.obj.refuse(f"{field}: {self.say.problem(code, field)}" for field, code in problems)


def language(argv: Sequence[str], environment: Mapping[str, str]) -> str:
    """--lang wherever it stands, else the language of the system: the help too is in it."""
    for place, word in enumerate(argv):
        named = word.removeprefix("--lang=") if word != "--lang" else "".join(argv[place + 1 : place + 2])
        if word.startswith("--lang") and named in LANGUAGES:
            return named
    system = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "nl" if system.lower().startswith("nl") else "en"


def spoken(one: S, say: Words) -> S:
    """The same command or parameter with its help in one language."""
    twin: S = copy.copy(one)
    if help_text := getattr(one, "help", ""):
        twin.help = say(help_text)
    if isinstance(twin, click.Command):
        twin.params = [*(spoken(parameter, say) for parameter in twin.params), _help_option(say)]
        twin.add_help_option = False
    if isinstance(twin, Reception):
        twin.say = say
        twin.commands = {name: spoken(command, say) for name, command in twin.commands.items()}
    return twin


def _help_option(say: Words) -> click.Option:
    def show(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(_HEADING.sub(lambda found: say(HEADINGS[found[0]]), ctx.get_help()))
            ctx.exit()

    text = say("Show this text.")
    return click.Option(["--help"], is_flag=True, is_eager=True, expose_value=False, callback=show, help=text)


@contextmanager
def _usage_in_words(say: Words) -> Iterator[None]:
    try:
        yield
    except click.UsageError as error:
        click.echo(_wrong_usage(error, say), err=True)
        path = error.ctx.command_path if error.ctx else PROGRAM
        click.echo(say("Help: {command}", command=f"{path} --help"), err=True)
        raise SystemExit(error.exit_code) from None


def _wrong_usage(error: click.UsageError, say: Words) -> str:
    """What is wrong and what to do."""
    asked, parameter = error.ctx and error.ctx.command, getattr(error, "param", None)
    if type(error) is click.BadParameter and parameter:
        return f"{parameter.opts[0]}: {_wrong_value(parameter.type, error.message, say)}"
    commands = [*asked.commands] if isinstance(asked, click.Group) else []
    kind = NoCommand if commands and type(error) is click.UsageError else type(error)
    return say(
        next(text for known, text in USAGE.items() if issubclass(kind, known)),
        name=getattr(error, "option_name", getattr(error, "command_name", "")),
        commands=say.either_list(commands),
        what=parameter.make_metavar(error.ctx) if parameter else "",
    )


def _wrong_value(wanted: click.ParamType[Any], message: str, say: Words) -> str:
    match wanted:
        case click.Choice(choices=choices):
            return say("Choose {choices}.", choices=say.either_list(list(choices)))
        case click.IntRange(min=low, max=high):
            return say("Give a whole number from {low} to {high}.", low=low, high=high)
    return message
