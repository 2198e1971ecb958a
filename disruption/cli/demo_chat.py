"""The demo's conversation with a person at the terminal."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..local.driver import DriverError, MessageView
from ..local.world import WorldError
from .demo import CHANNEL
from .demo_view import View

if TYPE_CHECKING:
    from ..local.driver import ChannelView, Player

__all__ = ["chat"]

_HELP = f"""\
What you type is said in {CHANNEL}, and the bot reads it: begin with !help or !ping.
  /roll sides:6   use a slash command; its options are written name:value
  react 👍        react to the last message that is not your own
  click LABEL     press a button on that message
  help            this text
  quit            leave (Ctrl-D and Ctrl-C too)"""

# Piped input does not wait for answers as a person does: seconds that a line waits for one.
_PATIENCE = 2.0

_INTEGER, _BOOLEAN, _NUMBER = 4, 5, 10  # types of options that are not texts


def chat(person: Player, view: View, greeting: str = _HELP) -> int:
    """Read lines and act on them until there are no more; return the exit code.

    Args:
        person: Who acts.
        view: Prints what happens meanwhile.
        greeting: Printed first, and for `help`.
    """
    sys.stdout.write(f"{greeting}\n")  # in one piece, as the view writes meanwhile
    sys.stdout.flush()
    channel = person.world.channel(CHANNEL)
    prompt = f"{person.name} {CHANNEL}> "
    at_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if at_terminal:
        typed = _editing()
        view.show_prompt(lambda: prompt + typed())
    try:
        while True:
            try:
                line = input(prompt if at_terminal else "").strip()
            except (EOFError, KeyboardInterrupt):
                print()
                return 0
            seen = view.answers
            if line == "quit":
                return 0
            if line == "help":
                print(greeting)
            elif line and _act(person, channel, line) and not at_terminal:
                view.wait_for_answer(seen, _PATIENCE)
    finally:
        view.show_prompt(None)


def _act(person: Player, channel: ChannelView, line: str) -> bool:
    """Do what the line says; return whether it could be done."""
    word, _, rest = line.partition(" ")
    try:
        if line.startswith("/"):
            name, options = parse_command(person, channel, line)
            person.slash(channel, name, timeout=0.0, **options)
        elif word == "react" and rest:
            person.react(_last_of_others(person, channel), rest.strip())
        elif word == "click" and rest:
            person.click(_last_of_others(person, channel), rest.strip())
        else:
            person.say(channel, line)
    except (DriverError, WorldError, ValueError) as error:
        print(f"  That cannot be done: {error}")
        return False
    return True


def parse_command(person: Player, channel: ChannelView, line: str) -> tuple[str, dict[str, Any]]:
    """Take a typed slash command apart: its name with subcommands, and its options.

    Raises:
        ValueError: A quote is not closed, or a value does not fit its option.
    """
    words = shlex.split(line.removeprefix("/"))
    if not words:
        raise ValueError("a command has a name, such as /roll")
    path = [word for word in words if ":" not in word]
    given = dict(word.split(":", 1) for word in words if ":" in word)
    world = person.world
    guild_id = world.channels.get(channel.id).get("guild_id")
    command = world.commands.find(guild_id, words[0]) or {}
    kinds = dict(_kinds(command))
    return " ".join(path), {key: _value(key, kinds.get(key), text) for key, text in given.items()}


def _kinds(holder: dict[str, Any]) -> list[tuple[str, int]]:
    """Return the options of a command and of its subcommands, and their types."""
    found = []
    for option in holder.get("options") or ():
        found.append((option["name"], option["type"]))
        found += _kinds(option)
    return found


def _value(name: str, kind: int | None, text: str) -> object:
    if kind == _BOOLEAN:
        if text.lower() not in ("true", "false"):
            raise ValueError(f"{name} is true or false, not {text!r}")
        return text.lower() == "true"
    if kind in (_INTEGER, _NUMBER):
        try:
            return int(text) if kind == _INTEGER else float(text)
        except ValueError:
            raise ValueError(f"{name} is a number, not {text!r}") from None
    return text


def _last_of_others(person: Player, channel: ChannelView) -> MessageView:
    for message in channel.history():
        if message["author"]["id"] != person.id:
            return MessageView(person.world, channel.id, message["id"])
    raise ValueError("nobody else has said anything yet")


def _editing() -> Callable[[], str]:
    """Switch line editing on where there is one; return what tells the text typed so far."""
    try:
        import readline
    except ImportError:  # Windows, whose terminals edit by themselves
        return str
    return readline.get_line_buffer
