"""Check application commands: names, options and their order, choices, sizes.

See https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

import re
from typing import Any

from .form import CHANNEL_TYPES, Body, Form, Path

SUB_COMMAND, SUB_COMMAND_GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10

#: What a slash command's and an option's name may be made of (documented, with \p{L} and \p{N}
#: as \w without the underscore's exception).
NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")

#: Characters over names, descriptions and values of one command.
MAX_SIZE = 8000


def clean_command(data: Any, *, edit: bool = False, kind: int | None = None) -> dict[str, Any]:
    """Return a command's fields, checked.

    Args:
        data: The request's JSON.
        edit: True for PATCH, where everything may be left out.
        kind: The type of the command that is edited.

    Raises:
        WorldError: 50035 with form errors.
    """
    form = Form()
    cleaned = _command(data, form, (), edit, kind)
    form.check()
    return cleaned


def clean_commands(data: Any) -> list[dict[str, Any]]:
    """Return the commands of a bulk overwrite, checked.

    Raises:
        WorldError: 50035 with form errors.
    """
    form = Form()
    cleaned: list[dict[str, Any]] = []
    if not isinstance(data, list):
        form.fail((), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
    else:
        seen: set[tuple[int, str]] = set()
        for index, item in enumerate(data):
            command = _command(item, form, (str(index),), False, None)
            key = (command.get("type", 1), command.get("name", ""))
            if key in seen:
                text = "Application command names must be unique"
                form.fail((str(index), "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", text)
            seen.add(key)
            cleaned.append(command)
    form.check()
    return cleaned


def _command(data: Any, form: Form, path: Path, edit: bool, kind: int | None) -> dict[str, Any]:
    body = Body(data, form, path)
    body.integer("type", choices=(1, 2, 3, 4))
    kind = kind or body.clean.get("type") or 1
    body.string("name", required=not edit, low=1, high=32)
    if kind == 1:
        _name(body)
        body.string("description", required=not edit, low=1, high=100)
        _options(body, depth=0)
    elif body.data.get("description"):
        text = "Context menu commands cannot have description"
        body.fail("description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", text)
    _localizations(body, "name_localizations", 32)
    _localizations(body, "description_localizations", 100)
    body.snowflake("id")
    body.bits("default_member_permissions")
    body.boolean("dm_permission")
    body.boolean("default_permission")
    body.boolean("nsfw")
    body.integer("handler", choices=(1, 2))
    body.integers("integration_types", choices=(0, 1), low=1, high=2)
    body.integers("contexts", choices=(0, 1, 2), low=1, high=3)
    if _size(body.clean) > MAX_SIZE:
        text = f"Command exceeds maximum size ({MAX_SIZE})"
        form.fail(path, "APPLICATION_COMMAND_TOO_LARGE", text)
    return body.clean


def _name(body: Body) -> None:
    name = body.clean.get("name")
    if name and (not NAME.fullmatch(name) or name != name.lower()):
        body.fail("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _localizations(body: Body, key: str, high: int) -> None:
    texts = body.child(key)
    if texts is not None:
        for locale in texts.data:
            texts.string(locale, low=1, high=high)


def _options(body: Body, depth: int) -> None:
    names: set[str] = set()
    optional_seen = False
    nesting: bool | None = None  # whether the options so far are subcommands
    for option in body.children("options", high=25):
        option.integer("type", required=True, choices=tuple(range(1, 12)))
        option.string("name", required=True, low=1, high=32)
        _name(option)
        option.string("description", required=True, low=1, high=100)
        _localizations(option, "name_localizations", 32)
        _localizations(option, "description_localizations", 100)
        kind = option.clean.get("type", STRING)
        name = option.clean.get("name", "")
        if name in names:
            text = "Option name must be unique"
            option.fail("name", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", text)
        names.add(name)
        nests = kind in (SUB_COMMAND, SUB_COMMAND_GROUP)
        if nests is not (nesting if nesting is not None else nests):
            text = (
                "Sub-command and sub-command group option types are mutually exclusive to all "
                "other types"
            )
            option.fail("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)
            continue
        nesting = nests
        if nests:
            if depth + (kind == SUB_COMMAND) > 2 or (kind == SUB_COMMAND_GROUP and depth > 0):
                text = "Sub-commands and sub-command groups cannot be nested this deep"
                option.fail("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)
                continue
            _options(option, depth + 1)
            continue
        _plain(option, kind)
        if option.clean.get("required"):
            if optional_seen:
                text = "Required options must be placed before non-required options"
                option.fail("required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        else:
            optional_seen = True


def _plain(option: Body, kind: int) -> None:
    option.boolean("required")
    option.boolean("autocomplete")
    option.integers("channel_types", choices=CHANNEL_TYPES)
    option.strings("file_types")
    option.number("min_value")
    option.number("max_value")
    option.integer("min_length", low=0, high=6000)
    option.integer("max_length", low=1, high=6000)
    for choice in option.children("choices", high=25):
        choice.string("name", required=True, low=1, high=100)
        _localizations(choice, "name_localizations", 100)
        if kind == STRING:
            choice.string("value", required=True, high=100)
        else:
            choice.number("value", required=True)
    if option.clean.get("choices") and option.clean.get("autocomplete"):
        text = "Options with choices cannot have autocomplete"
        option.fail("autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", text)


def _size(item: dict[str, Any]) -> int:
    size = 0
    for key in ("name", "description", "value"):
        if isinstance(item.get(key), str):
            size += len(item[key])
    for key in ("options", "choices"):
        size += sum(_size(child) for child in item.get(key) or ())
    return size


def clean_choices(data: Any, path: Path = ("data",)) -> list[dict[str, Any]]:
    """Return the choices of an autocomplete answer, checked.

    Raises:
        WorldError: 50035 with form errors.
    """
    form = Form()
    body = Body(data, form, path)
    for choice in body.children("choices", required=True, high=25):
        choice.string("name", required=True, low=1, high=100)
        _localizations(choice, "name_localizations", 100)
        value = choice.data.get("value")
        if isinstance(value, str):
            choice.string("value", required=True, high=100)
        else:
            choice.number("value", required=True)
    form.check()
    choices: list[dict[str, Any]] = body.clean.get("choices", [])
    return choices
