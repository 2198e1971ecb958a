"""Puts translations into a command, and tells which texts of it there are to translate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from ...errors import InvalidArgument
from ...types import ApplicationCommandType
from ...types.rules.application_commands import check_command, check_command_name, check_size

if TYPE_CHECKING:
    from .translations import Translations

__all__ = ["localize", "translation_keys"]

_SLASH: Final = ApplicationCommandType.CHAT_INPUT


def localize(payload: Mapping[str, Any], translations: Translations) -> dict[str, Any]:
    """Return a command as Discord takes it, with all translations there are.

    The texts of the command ``roll`` have the keys ``roll.name`` and ``roll.description``, those
    of its option ``sides`` ``roll.sides.name`` and ``roll.sides.description``, and those of a
    choice ``roll.sides.choices.`` with the choice's name or its value after it. Subcommands
    come between as options do. Where a key has no text, the text itself is looked up as
    gettext does it; that of a name counts only if it can be one, since answers may have such a
    key, too. Translations that the command has already stay.

    Args:
        payload: The command; it is not changed.
        translations: The texts.

    Raises:
        InvalidArgument: A translation is too long, or no name that Discord takes.
    """
    made: dict[str, Any] = _localized(payload, translations, "")
    check_command(made)
    check_size(made)
    return made


def translation_keys(payload: Mapping[str, Any]) -> dict[str, str]:
    """Return all keys of a command with their texts, to be translated."""
    return dict(_keys(payload, ""))


def _localized(payload: Mapping[str, Any], translations: Translations, prefix: str) -> Any:
    made = dict(payload)
    path = f"{prefix}{made.get('name', '')}"
    slash = bool(prefix) or made.get("type", _SLASH) == _SLASH
    _translate(made, "name", translations, f"{path}.name", strict=slash)
    _translate(made, "description", translations, f"{path}.description")
    if made.get("options"):
        made["options"] = [
            _localized(option, translations, f"{path}.") for option in made["options"]
        ]
    if made.get("choices"):
        made["choices"] = [_choice(choice, translations, path) for choice in made["choices"]]
    return made


def _choice(choice: Mapping[str, Any], translations: Translations, path: str) -> dict[str, Any]:
    made = dict(choice)
    names = [f"{path}.choices.{made.get(field)}" for field in ("name", "value")]
    _translate(made, "name", translations, *names)
    return made


def _translate(
    made: dict[str, Any],
    field: str,
    translations: Translations,
    *keys: str,
    strict: bool = False,
) -> None:
    text = made.get(field)
    if not text:
        return
    found: dict[str, str] = {}
    for key in (text, *reversed(keys)):  # the first of the keys counts most
        by_key = translations.of(key)
        if key is text and strict:
            by_key = {locale: name for locale, name in by_key.items() if _is_name(name)}
        found.update(by_key)
    found.update(made.get(f"{field}_localizations") or {})
    if found:
        made[f"{field}_localizations"] = found


def _is_name(text: str) -> bool:
    """Tell whether a text can be the name of a slash command or an option."""
    try:
        check_command_name("name", text)
    except InvalidArgument:
        return False
    return True


def _keys(payload: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    path = f"{prefix}{payload['name']}"
    for field in ("name", "description"):
        if payload.get(field):
            yield f"{path}.{field}", payload[field]
    for choice in payload.get("choices") or ():
        yield f"{path}.choices.{choice['name']}", choice["name"]
    for option in payload.get("options") or ():
        yield from _keys(option, f"{path}.")
