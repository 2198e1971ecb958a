"""Whether a message is a command, and which: prefixes, mentions, names, aliases, groups. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from ...errors import InvalidArgument
from ..command import Command
from ..group import Group

if TYPE_CHECKING:
    from ...types import Message

__all__ = ["Found", "Prefixes", "find_command", "match_prefix"]

Given: TypeAlias = "str | Sequence[str] | Callable[[Message], str | Iterable[str]] | None"
Item: TypeAlias = "Command[..., Any] | Group"

_MENTION: Final = re.compile(r"<@!?([0-9]{1,20})>\s*")
_WORD: Final = re.compile(r"\S+\s*")


class Prefixes:
    """What prefix commands begin with, and how they are read; for ``Client(prefix=…)``.

    ```python
    client = Client(prefix=Prefixes("!", "hey bot ", ignore_case=True))
    ```

    Args:
        prefixes: Texts, or one function that gives those of a message, its guild's for example.
        ignore_case: Whether ``!ROLL`` is ``!roll``; prefixes too.
        mention: Whether a mention of the bot is a prefix.
        bots: Whether commands of other bots and of webhooks are run; its own never are.
        help: The name of the command that explains the others; None for none.

    Raises:
        InvalidArgument: A prefix is no text, or empty.
    """

    def __init__(
        self,
        *prefixes: str | Callable[[Message], str | Iterable[str]],
        ignore_case: bool = False,
        mention: bool = True,
        bots: bool = False,
        help: str | None = "help",
    ) -> None:
        self.ignore_case = ignore_case
        self.mention = mention
        self.bots = bots
        self.help = help
        self._function: Callable[[Message], str | Iterable[str]] | None = None
        self._texts: tuple[str, ...] = ()
        if len(prefixes) == 1 and not isinstance(prefixes[0], str) and callable(prefixes[0]):
            from ...client.methods import check_function

            check_function(prefixes[0])
            self._function = prefixes[0]
        else:
            self._texts = _checked(prefixes)

    def __call__(self, message: Message) -> Iterable[str]:
        """Return the prefixes of a message, the longest first.

        Raises:
            InvalidArgument: The function gave something else.
        """
        if self._function is None:
            return self._texts
        given = self._function(message)
        return _checked((given,) if isinstance(given, str) else tuple(given or ()))

    @classmethod
    def of(cls, given: Given) -> Prefixes:
        """Return what the client was given as one of these.

        Raises:
            InvalidArgument: It is something else.
        """
        if isinstance(given, Prefixes):
            return given
        if given is None:
            return cls()
        if isinstance(given, str) or callable(given):
            return cls(given)
        return cls(*given)


def _checked(prefixes: Iterable[Any]) -> tuple[str, ...]:
    found = tuple(prefixes)
    for one in found:
        if not isinstance(one, str) or not one.strip():
            raise InvalidArgument(f"a prefix is a text that is not blank, not {one!r:.60}")
    return tuple(sorted(found, key=len, reverse=True))


def match_prefix(
    content: str,
    prefixes: Iterable[str],
    *,
    user_id: int | None = None,
    ignore_case: bool = False,
) -> tuple[str, str] | None:
    """Return the prefix of a text and what comes after it; None where it has none.

    Args:
        content: The text.
        prefixes: The prefixes, the longest first.
        user_id: The bot's, whose mention is a prefix; None for no mention.
        ignore_case: Whether upper and lower case are the same.
    """
    for prefix in prefixes:
        head = content[: len(prefix)]
        if head == prefix or (ignore_case and head.casefold() == prefix.casefold()):
            return head, content[len(prefix) :]
    if user_id is not None:
        mention = _MENTION.match(content)
        if mention is not None and int(mention[1]) == user_id:
            return mention[0].rstrip(), content[mention.end() :]
    return None


@dataclass(frozen=True)
class Found:
    """What a text names.

    Attributes:
        item: The command, or the group of which nothing was named that is in it.
        name: The names that were written, ``"music add"``.
        rest: What comes after them.
    """

    item: Item
    name: str
    rest: str


def find_command(
    text: str, commands: Mapping[str, Item], *, ignore_case: bool = False
) -> Found | None:
    """Return the command that a text begins with, following groups; None where there is none.

    Args:
        text: What comes after the prefix.
        commands: Commands and groups by name and alias.
        ignore_case: Whether upper and lower case are the same.
    """
    names: list[str] = []
    item: Item | None = None
    at = 0
    while True:
        word = _WORD.match(text, at)
        if word is None:
            break
        name = word[0].strip()
        known = commands if item is None else _children(item)
        inner = known.get(name)
        if inner is None and ignore_case:
            folded = name.casefold()
            inner = next((one for key, one in known.items() if key.casefold() == folded), None)
        if inner is None or not is_prefixed(inner):
            break
        item = inner
        names.append(name)
        at = word.end()
        if isinstance(item, Command):
            break
    if isinstance(item, Group):
        item = item.fallback_command or item
    return None if item is None else Found(item, " ".join(names), text[at:])


def is_prefixed(item: Item) -> bool:
    """Tell whether something is, or holds, a prefix command."""
    if isinstance(item, Group):
        return any(command.prefix for command in item.walk())
    return item.prefix


def _children(item: Item) -> Mapping[str, Item]:
    return {} if isinstance(item, Command) else item.children_by_name
