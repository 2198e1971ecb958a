"""What an application command that is being made may hold: names, options, choices, sizes.

See https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ...errors import InvalidArgument
from ..locales import Locale
from .limits import at_most, between, listed

__all__ = [
    "CHOICES",
    "DESCRIPTION",
    "LARGEST",
    "NAME",
    "OPTIONS",
    "check_command",
    "check_command_name",
    "check_localizations",
    "check_option",
    "check_options",
    "check_size",
    "check_together",
    "command_size",
]

NAME: Final = 32
DESCRIPTION: Final = 100
OPTIONS: Final = 25
CHOICES: Final = 25
LARGEST: Final = (1 << 53) - 1
"""The largest whole number of an INTEGER option, and its negative the smallest."""

_CHOICE: Final = 100
_LENGTH: Final = 6000
_FILE_TYPES: Final = 10
_SIZE: Final = 8000
_DEPTH: Final = 3  # a group, a command in it, its options

_CHAT_INPUT: Final = 1
_ENTRY_POINT: Final = 4
_SUB_COMMAND: Final = 1
_SUB_COMMAND_GROUP: Final = 2
_STRING: Final = 3
_INTEGER: Final = 4
_CHANNEL: Final = 7
_NUMBER: Final = 10
_ATTACHMENT: Final = 11
_FOR: Final[dict[str, tuple[int, ...]]] = {
    "autocomplete": (_STRING, _INTEGER, _NUMBER),
    "channel_types": (_CHANNEL,),
    "choices": (_STRING, _INTEGER, _NUMBER),
    "file_types": (_ATTACHMENT,),
    "max_length": (_STRING,),
    "max_value": (_INTEGER, _NUMBER),
    "min_length": (_STRING,),
    "min_value": (_INTEGER, _NUMBER),
}
"""Which types of options take a field."""
_KINDS: Final = {
    _STRING: "texts",
    _INTEGER: "whole numbers",
    _CHANNEL: "channels",
    _NUMBER: "numbers",
    _ATTACHMENT: "attachments",
}
# The scripts of the documented expression whose marks are no letters.
_SCRIPTS: Final = (
    *((0x0900, 0x0950), (0x0955, 0x0963), (0x0966, 0x097F), (0xA8E0, 0xA8FF)),
    *((0x11B00, 0x11B09), (0x0E01, 0x0E3A), (0x0E40, 0x0E5B)),
)
_GROUPS: Final = ("image", "video", "audio")


def check_command(body: Mapping[str, Any], path: str = "") -> None:
    """Refuse a command, as JSON-ready data, that breaks a limit.

    Its size is another matter: see `check_size`.

    Args:
        body: The command; one without a type may be a change of any.
        path: What to write before the names of fields in the error, ``commands[2].``.

    Raises:
        InvalidArgument: With the path of the field and the limit.
    """
    kind = body.get("type")
    typed = kind in (None, _CHAT_INPUT)  # a type that is not given may be any in an edit
    name = body.get("name")
    slash = kind == _CHAT_INPUT
    at_most(f"{path}name", name, NAME, least=1)
    if name is not None and slash:
        check_command_name(f"{path}name", name)
    check_localizations(f"{path}name_localizations", body.get("name_localizations"), NAME, slash)
    description = body.get("description")
    at_most(f"{path}description", description, DESCRIPTION)
    if slash and name is not None and not description:
        raise InvalidArgument(f"{path}description is missing: a slash command needs one")
    if description and not typed and kind != _ENTRY_POINT:
        raise InvalidArgument(f"{path}description must be empty for this type of command")
    check_localizations(
        f"{path}description_localizations", body.get("description_localizations"), DESCRIPTION
    )
    check_options(body.get("options"), f"{path}options")


def check_command_name(path: str, name: str) -> None:
    """Refuse what cannot be the name of a slash command, a group or an option.

    Raises:
        InvalidArgument: It is too long, has other characters, or upper-case letters.

    See https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
    """
    at_most(path, name, NAME, least=1)
    wrong = "".join(dict.fromkeys(letter for letter in name if not _in_names(letter)))
    if wrong:
        raise InvalidArgument(
            f"{path} must be letters, digits, - _ and ' only, without spaces, not {name!r} "
            f"(with {wrong!r})"
        )
    if name != name.lower():
        raise InvalidArgument(f"{path} must be lower-case, {name.lower()!r}, not {name!r}")


def _in_names(letter: str) -> bool:
    if letter in "-_'" or unicodedata.category(letter)[0] in "LN":
        return True
    point = ord(letter)
    return any(first <= point <= last for first, last in _SCRIPTS)


def check_localizations(
    path: str, texts: Mapping[str, str] | None, most: int, names: bool = False
) -> None:
    """Refuse translations into locales that Discord does not have, and texts that do not fit.

    Raises:
        InvalidArgument: With the path and the rule.
    """
    if texts is not None and not isinstance(texts, Mapping):
        raise InvalidArgument(
            f"{path} must be a mapping from locales to texts, not {type(texts).__name__}"
        )
    for locale, text in (texts or {}).items():
        if locale not in Locale._value2member_map_:
            raise InvalidArgument(
                f"{path}: Discord has no locale {str(locale)!r}; it has {', '.join(Locale)}"
            )
        at_most(f"{path}.{locale}", text, most, least=1)
        if names:
            check_command_name(f"{path}.{locale}", text)


def check_options(options: Any, path: str = "options", depth: int = _DEPTH) -> None:
    """Refuse options, as JSON-ready data, that break a limit, alone or together.

    Raises:
        InvalidArgument: With the path of the field and the limit.
    """
    if not options:
        return
    for index, option in enumerate(listed(path, options, 0, None)):
        here = f"{path}[{index}]"
        if not isinstance(option, Mapping):
            raise InvalidArgument(f"{here} must be an option, not {option!r:.40}")
        check_option(option, f"{here}.", depth)
    check_together(options, path)


def check_together(options: Sequence[Mapping[str, Any]], path: str = "options") -> None:
    """Refuse options that Discord takes alone, but not together.

    Raises:
        InvalidArgument: There are too many, two of a name, or the order is wrong.
    """
    if len(options) > OPTIONS:
        raise InvalidArgument(f"{path}: at most {OPTIONS}, not {len(options)}")
    required = True
    nested: bool | None = None
    names: set[str] = set()
    for index, option in enumerate(options):
        here = f"{path}[{index}]"
        if option.get("required") and not required:
            raise InvalidArgument(f"{here}: required options come before optional ones")
        required = bool(option.get("required"))
        name = option["name"]
        if name in names:
            raise InvalidArgument(f"{here}.name: there are two of the name {name!r}")
        names.add(name)
        inner = option.get("type") in (_SUB_COMMAND, _SUB_COMMAND_GROUP)
        if nested not in (None, inner):
            raise InvalidArgument(
                f"{here}: a command has either subcommands or options of its own, not both"
            )
        nested = inner


def check_option(option: Mapping[str, Any], path: str = "", depth: int = 1) -> None:
    """Refuse one option, as JSON-ready data, that breaks a limit.

    Args:
        option: The option.
        path: What to write before the names of fields in the error.
        depth: How many levels there may be, its own included.

    Raises:
        InvalidArgument: With the path of the field and the limit.
    """
    name = option.get("name")
    if name is None:
        raise InvalidArgument(f"{path}name is missing")
    check_command_name(f"{path}name", name)
    check_localizations(
        f"{path}name_localizations", option.get("name_localizations"), NAME, names=True
    )
    description = option.get("description")
    if not description:
        raise InvalidArgument(f"{path}description is missing: every option needs one")
    at_most(f"{path}description", description, DESCRIPTION, least=1)
    check_localizations(
        f"{path}description_localizations", option.get("description_localizations"), DESCRIPTION
    )
    kind = option.get("type")
    if kind is not None:
        _check_fields(option, int(kind), path)
    if kind == _SUB_COMMAND_GROUP and depth < _DEPTH:
        raise InvalidArgument(f"{path}type: a group of commands cannot be in another group")
    if depth > 1:
        check_options(option.get("options"), f"{path}options", depth - 1)
    elif option.get("options"):
        raise InvalidArgument(f"{path}options: commands cannot be nested this deep")


def _check_fields(option: Mapping[str, Any], kind: int, path: str) -> None:
    for field, kinds in _FOR.items():
        value = option.get(field)
        absent = value is None or value is False or value == []
        if not absent and kind not in kinds:
            takers = " and ".join(_KINDS[one] for one in kinds)
            raise InvalidArgument(f"{path}{field} is for {takers} only")
    _check_values(option, kind, path)
    least, most = option.get("min_length"), option.get("max_length")
    between(f"{path}min_length", least, 0, _LENGTH)
    between(f"{path}max_length", most, 1, _LENGTH)
    if least is not None and most is not None and least > most:
        raise InvalidArgument(f"{path}min_length ({least}) is more than max_length ({most})")
    _check_choices(option, kind, path)
    kinds_of_files = listed(f"{path}file_types", option.get("file_types") or (), 0, _FILE_TYPES)
    for kind_of_file in kinds_of_files:
        if kind_of_file not in _GROUPS and not (
            isinstance(kind_of_file, str) and kind_of_file.startswith(".") and kind_of_file[1:]
        ):
            raise InvalidArgument(
                f"{path}file_types: {kind_of_file!r} is none of image, video, audio, and no "
                "extension with a dot before it, .pdf"
            )


def _check_values(option: Mapping[str, Any], kind: int, path: str) -> None:
    least, most = option.get("min_value"), option.get("max_value")
    for field, value in (("min_value", least), ("max_value", most)):
        if value is not None:
            _check_number(f"{path}{field}", value, kind)
    if least is not None and most is not None and least > most:
        raise InvalidArgument(f"{path}min_value ({least}) is more than max_value ({most})")


def _check_number(path: str, value: Any, kind: int) -> None:
    if kind == _INTEGER:
        between(path, value, -LARGEST, LARGEST)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidArgument(f"{path} must be a number, not {type(value).__name__}")
    elif not math.isfinite(value) or abs(value) > LARGEST + 1:
        raise InvalidArgument(f"{path} must be between -2**53 and 2**53, not {value}")


def _check_choices(option: Mapping[str, Any], kind: int, path: str) -> None:
    choices = option.get("choices") or ()
    if len(choices) > CHOICES:
        raise InvalidArgument(
            f"{path}choices: at most {CHOICES}, not {len(choices)}; autocomplete has no limit"
        )
    if choices and option.get("autocomplete"):
        raise InvalidArgument(f"{path}autocomplete: an option with choices cannot have it")
    seen: set[str] = set()
    for index, choice in enumerate(choices):
        here = f"{path}choices[{index}]"
        name, value = choice.get("name"), choice.get("value")
        if name is None:
            raise InvalidArgument(f"{here}.name is missing")
        at_most(f"{here}.name", name, _CHOICE, least=1)
        check_localizations(f"{here}.name_localizations", choice.get("name_localizations"), _CHOICE)
        if name in seen:
            raise InvalidArgument(f"{here}.name: there are two of the name {name!r}")
        seen.add(name)
        if value is None:
            raise InvalidArgument(f"{here}.value is missing")
        if kind == _STRING:
            at_most(f"{here}.value", value, _CHOICE)
        else:
            _check_number(f"{here}.value", value, kind)


def check_size(body: Mapping[str, Any], path: str = "") -> None:
    """Refuse a command whose texts together are longer than Discord takes.

    Raises:
        InvalidArgument: With how long they are.
    """
    size = command_size(body)
    if size > _SIZE:
        raise InvalidArgument(
            f"{path or 'the command'} is too large: its names, descriptions and values have "
            f"{size} characters together, Discord takes {_SIZE}"
        )


def command_size(body: Mapping[str, Any]) -> int:
    """Return how many characters of a command's 8000 are used.

    Names, descriptions and values count, its options' and choices' too; of a text with
    translations the longest.

    See https://discord.com/developers/docs/interactions/application-commands#slash-commands
    """
    size = 0
    for field in ("name", "description"):
        texts = (
            body.get(field),
            *(body.get(f"{field}_localizations") or {}).values(),
        )
        size += max(len(text) if isinstance(text, str) else 0 for text in texts)
    value = body.get("value")
    size += len(value) if isinstance(value, str) else 0
    for inner in ("options", "choices"):
        size += sum(command_size(child) for child in body.get(inner) or ())
    return size
