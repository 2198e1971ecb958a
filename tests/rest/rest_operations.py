"""Discord's operations, their methods and verbs; as a program it prints docs/rest-operations.md.

``python tests/rest/rest_operations.py > docs/rest-operations.md`` makes the page anew, where the
package is installed (or with PYTHONPATH=.).
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import re
import sys
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import disruption.types
from disruption.rest import Rest
from disruption.rest.responder import Responder

HERE = Path(__file__).parent

# Operations that no method is for, and why.
OUT_OF_SCOPE = {
    "bot_partner_sdk_token": ("POST /partner-sdk/token/bot", "Social SDK"),
    "bot_partner_sdk_unmerge_provisional_account": (
        "POST /partner-sdk/provisional-accounts/unmerge/bot",
        "Social SDK",
    ),
    "deprecated_create_pin": (
        "PUT /channels/{channel_id}/pins/{message_id}",
        "replaced by create_pin",
    ),
    "deprecated_delete_pin": (
        "DELETE /channels/{channel_id}/pins/{message_id}",
        "replaced by delete_pin",
    ),
    "deprecated_list_pins": ("GET /channels/{channel_id}/pins", "replaced by list_pins"),
    "partner_sdk_token": ("POST /partner-sdk/token", "Social SDK"),
    "partner_sdk_unmerge_provisional_account": (
        "POST /partner-sdk/provisional-accounts/unmerge",
        "Social SDK",
    ),
    "update_user_message_external_moderation_metadata": (
        "PUT /partner-sdk/dms/{user_id_1}/{user_id_2}/messages/{message_id}/moderation-metadata",
        "Social SDK",
    ),
}

# Routes that are in the documentation alone and that no method is for.
DOCUMENTED_OUT_OF_SCOPE = {
    "PUT /applications/{}/guilds/{}/commands/permissions": "disabled by Discord",
    "PATCH /guilds/{}/members/@me/nick": "replaced by Modify Current Member",
}

_DECLARED = "commands are declared with the client, which sends them"
_OWN = "of the token's owner: there is no object to ask it of"
_PERSON = "for a person's token, from OAuth2, whose program has no objects of a bot"
_DISCORDS = "a list of Discord's own, no object's"
_RESPONDER = "`Interaction.responder` has it"

# Why there is no verb for it, by page of the documentation or by method.
NO_VERB = {
    "lobby": "for a game's server, which keeps ids",
    "gateway": "`Client` asks it itself",
    "oauth2": _OWN,
    "receiving-and-responding": _RESPONDER,
    "bulk_overwrite_global_application_commands": _DECLARED,
    "bulk_overwrite_guild_application_commands": _DECLARED,
    "create_global_application_command": _DECLARED,
    "create_guild_application_command": _DECLARED,
    "delete_current_user_application_role_connection": _PERSON,
    "edit_application_command_permissions": _PERSON,
    "edit_current_application": "`Application.edit` does it by the id",
    "get_application_activity_instance": "for an activity's server, which is told the id alone",
    "get_current_application": "`Application.fetch` does it by the id",
    "get_current_user": _OWN,
    "get_current_user_application_entitlements": _PERSON,
    "get_current_user_application_role_connection": _PERSON,
    "get_current_user_connections": _PERSON,
    "get_current_user_guild_member": _PERSON,
    "get_current_user_guilds": _OWN,
    "list_default_soundboard_sounds": _DISCORDS,
    "list_sticker_packs": _DISCORDS,
    "list_voice_regions": _DISCORDS,
    "modify_current_user": _OWN,
    "update_current_user_application_role_connection": _PERSON,
    "upload_application_attachment": "for an activity's server, which is told the id alone",
}

_AFTERWARDS = {"delete_later"}  # what a verb does only where it is asked to, much later
_ROUTES = {"RESPOND": "create_interaction_response"}  # what verbs ask without its method
_MOST_OWNERS = 3  # of one verb, before the table names their common base instead

_INTRO = """\
# Every operation of Discord and its method

Every operation of Discord's API that a bot, a webhook, an interaction or an access token of OAuth2
can use, with the method of `Rest` for it and the verbs of the objects that end in it, or the
reason why there is none.

This page is made by `python tests/rest/rest_operations.py`, and a test holds it against the code.

"""


class Operation(NamedTuple):
    page: str
    name: str
    method: str
    path: str
    reason: bool
    methods: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.method} {shape(self.path)}"


def shape(path: str) -> str:
    """Return a path without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def operations() -> list[Operation]:
    """Return what operations.txt lists."""
    made = []
    for line in (HERE / "operations.txt").read_text().splitlines():
        if not line.startswith("#"):
            page, name, method, path, reason, *methods = line.split()
            made.append(Operation(page, name, method, path, reason == "reason", tuple(methods)))
    return made


@functools.cache
def _tree(function: Callable[..., Any]) -> ast.Module:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except OSError:  # made by dataclass
        return ast.Module([], [])


@functools.cache
def _called(function: Callable[..., Any]) -> frozenset[tuple[str, str]]:
    """Return what a function calls: ("rest", name), ("self", name) or ("", name)."""
    found = set()
    for node in ast.walk(_tree(function)):
        if isinstance(node, ast.Name):
            found.add(("", node.id))
        elif isinstance(node, ast.Attribute):
            of = node.value
            name = of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")
            found.add((name, node.attr))
    return frozenset(found)


def _plain(member: object) -> Callable[..., Any] | None:
    """Return the function of a class's member, where it is one."""
    if isinstance(member, staticmethod | classmethod):
        member = member.__func__
    if isinstance(member, property):
        member = member.fget
    return inspect.unwrap(member) if inspect.isfunction(member) else None


def _imported(function: Callable[..., Any]) -> dict[str, object]:
    """Return what a function imports itself."""
    found: dict[str, object] = {}
    for node in ast.walk(_tree(function)):
        if isinstance(node, ast.ImportFrom):
            package = function.__module__.rpartition(".")[0]
            name = "." * node.level + (node.module or "")
            module = importlib.import_module(name, package)
            found.update({alias.name: getattr(module, alias.name, None) for alias in node.names})
    return found


def _rest_methods(cls: type, function: Callable[..., Any]) -> set[str]:
    """Return the methods of Rest that a function ends in, through others that it calls."""
    found: set[str] = set()
    seen = {function}
    todo = [(cls, function)]
    while todo:
        within, current = todo.pop()
        imported = _imported(current)
        for of, name in _called(current):
            if name in _ROUTES:
                found.add(_ROUTES[name])
            if of in ("rest", "_rest") and hasattr(Rest, name):
                found.add(name)
                continue
            target, owner = None, within
            if of == "self":
                target = inspect.getattr_static(within, name, None)
            elif of == "responder":
                owner = Responder
                target = inspect.getattr_static(Responder, name, None)
            elif of == "":
                target = imported.get(name, current.__globals__.get(name))
                if inspect.isclass(target) and name in imported:
                    owner = target
                    target = vars(target).get("__init__")
            other = _plain(target)
            if other and other not in seen and name not in _AFTERWARDS:
                seen.add(other)
                if other.__module__.startswith("disruption."):
                    todo.append((owner, other))
    return found


def _models() -> Iterator[type]:
    for name in sorted(disruption.types.__all__):
        value = getattr(disruption.types, name)
        if inspect.isclass(value):
            yield value


def _owners(base: type, models: list[type]) -> list[str]:
    """Return the classes of the public surface in which a class's methods first appear."""
    having = [model for model in models if issubclass(model, base)]
    first = [model for model in having if not set(model.__mro__[1:]) & set(having)]
    if len(first) > _MOST_OWNERS:
        return [base.__name__]
    return [model.__name__ for model in first]


def verbs() -> dict[str, set[str]]:
    """Return the verbs (``Class.method``) that end in each method of Rest."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    models = list(_models())
    bases = {base for model in models for base in model.__mro__}
    for base in bases:
        if not base.__module__.startswith("disruption.types"):
            continue
        for name, member in vars(base).items():
            function = None if name.startswith("_") else _plain(member)
            if function and function.__module__.startswith("disruption.types"):
                for method in _rest_methods(base, function):
                    found[method].update(f"{owner}.{name}" for owner in _owners(base, models))
    return found


def helpers() -> dict[str, set[str]]:
    """Return the iterators that go with the methods of Rest."""
    direct = {method for operation in operations() for method in operation.methods}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in dir(Rest):
        function = None if name.startswith("_") else _plain(inspect.getattr_static(Rest, name))
        if function and name not in direct:
            for of, called in _called(function):
                if of == "self" and called in direct:
                    found[called].add(name)
    for method in direct:
        name = f"iter_{method.partition('_')[2]}"
        if hasattr(Rest, name):
            found[method].add(name)
    return found


def no_verb(operation: Operation) -> str | None:
    """Return why there is no verb for an operation."""
    return NO_VERB.get(operation.methods[0]) or NO_VERB.get(operation.page)


def table() -> str:
    """Return the page."""
    by_method, others = verbs(), helpers()
    lines = [_INTRO]
    listed = operations()
    for page, group in groupby(listed, key=lambda operation: operation.page):
        lines.append(f"## {page}\n\n| operation | method | verbs |\n|---|---|---|\n")
        for operation in group:
            methods = list(operation.methods)
            for method in operation.methods:
                methods += sorted(others.get(method, ()))
            found = sorted(set().union(*(by_method.get(method, set()) for method in methods)))
            cells = [
                f"`{operation.method} {operation.path}`",
                ", ".join(f"`{method}`" for method in methods),
                ", ".join(f"`{verb}`" for verb in found) or f"none: {no_verb(operation)}",
            ]
            lines.append(f"| {' | '.join(cells)} |\n")
        lines.append("\n")
    lines.append("## Out of scope\n\n| operation | why |\n|---|---|\n")
    for route, reason in [*OUT_OF_SCOPE.values(), *DOCUMENTED_OUT_OF_SCOPE.items()]:
        lines.append(f"| `{route}` | {reason} |\n")
    return "".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table())
