"""Random commands, and a Discord that stores them as the real one does."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from disruption.commands.sync.compare import Plan

_texts = st.sampled_from(["One", "Two", "Three"])
_locales = st.dictionaries(st.sampled_from(["de", "fr"]), _texts, max_size=2)
_names = st.sampled_from(list("abcdef"))


def _maybe(**fields: Any) -> Any:
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def options(draw: Any, depth: int = 0) -> dict[str, Any]:
    """An option; at depth 0 it may be a command or a group of commands."""
    kinds = [3, 4, 5, 6, 7, 10] + ([1, 2] if depth == 0 else [])
    kind = draw(st.sampled_from(kinds))
    option = {"type": kind, "name": draw(_names), "description": draw(_texts)}
    option.update(draw(_maybe(name_localizations=_locales | st.none())))
    if kind in (1, 2):
        option["options"] = draw(_lists(options(depth + kind)))
        return option
    option.update(draw(_maybe(required=st.booleans(), autocomplete=st.booleans())))
    if kind in (4, 10):
        option.update(draw(_maybe(min_value=st.sampled_from([0, 1, 2.0]))))
        values = st.integers(0, 3) | st.sampled_from([1.0, 2.0])
        option.update(draw(_maybe(choices=_lists(_choices(values)))))
    if kind == 3:
        option.update(
            draw(_maybe(min_length=st.integers(0, 2), max_length=st.sampled_from([5, 6000])))
        )
        option.update(draw(_maybe(choices=_lists(_choices(st.sampled_from(["x", "y"]))))))
    if kind == 7:
        option.update(draw(_maybe(channel_types=st.lists(st.sampled_from([0, 2, 5]), max_size=3))))
    return option


def _choices(values: Any) -> Any:
    return st.fixed_dictionaries({"name": _names, "value": values})


def _lists(members: Any) -> Any:
    return st.lists(members, max_size=3, unique_by=lambda member: member["name"])


@st.composite
def commands(draw: Any) -> dict[str, Any]:
    """A command, with as much or little said as people write."""
    kind = draw(st.sampled_from([None, 1, 2, 3]))
    command: dict[str, Any] = {"name": draw(_names)}
    if kind is not None:
        command["type"] = kind
    command.update(
        draw(
            _maybe(
                name_localizations=_locales | st.none(),
                nsfw=st.booleans(),
                contexts=st.lists(st.sampled_from([0, 1, 2]), min_size=1, max_size=3, unique=True),
                integration_types=st.sampled_from([[0], [1], [0, 1], [1, 0]]),
                default_member_permissions=st.sampled_from([None, 0, "0", 8, "8"]),
            )
        )
    )
    if kind in (None, 1):
        command["description"] = draw(_texts)
        command.update(draw(_maybe(options=_lists(options()))))
        command.update(draw(_maybe(description_localizations=_locales | st.none())))
    return command


def sets(most: int = 5) -> Any:
    """Commands of one place."""
    return st.lists(
        commands(), max_size=most, unique_by=lambda one: (one.get("type") or 1, one["name"])
    )


class Store:
    """One place of a Discord."""

    def __init__(self, *, guild: bool = False) -> None:
        self.guild = guild
        self._ids = itertools.count(1)
        self.commands: dict[int, dict[str, Any]] = {}

    def fill(self, bodies: Iterable[dict[str, Any]]) -> Store:
        for body in bodies:
            self.create(body)
        return self

    def create(self, body: dict[str, Any]) -> None:
        id = next(self._ids)
        self.commands[id] = {"id": str(id), **self._stored({"type": 1, **body})}

    def edit(self, id: int, changes: dict[str, Any]) -> None:
        assert "type" not in changes
        self.commands[id].update(self._stored({**self.commands[id], **changes}))

    def apply(self, plan: Plan) -> None:
        for delete in plan.deletes:
            del self.commands[delete.id]
        for edit in plan.edits:
            self.edit(edit.id, edit.changes)
        for create in plan.creates:
            self.create(create.command)
        keys = [(one["type"], one["name"]) for one in self.commands.values()]
        assert len(keys) == len(set(keys))

    @property
    def registered(self) -> list[dict[str, Any]]:
        return list(self.commands.values())

    def _stored(self, body: dict[str, Any]) -> dict[str, Any]:
        permissions = body.get("default_member_permissions")
        stored = {
            "type": body["type"],
            "application_id": "1",
            "version": "2",
            "name": body["name"],
            "name_localizations": body.get("name_localizations") or None,
            "description": body.get("description", ""),
            "description_localizations": body.get("description_localizations") or None,
            "default_member_permissions": None if permissions is None else str(permissions),
            "nsfw": bool(body.get("nsfw")),
        }
        if body.get("options"):
            stored["options"] = [_stored_option(option) for option in body["options"]]
        else:
            stored["options"] = []
        if self.guild:
            stored["guild_id"] = "9"
        else:
            stored["dm_permission"] = True
            stored["contexts"] = body.get("contexts")
            stored["integration_types"] = body.get("integration_types") or [0]
        return stored


def _stored_option(option: dict[str, Any]) -> dict[str, Any]:
    """As Discord answers: what is false or empty is left out."""
    stored = {key: value for key, value in option.items() if value not in (None, False, [], {})}
    if "options" in stored:
        stored["options"] = [_stored_option(one) for one in stored["options"]]
    for key in ("min_value",):
        if key in option and option[key] is not None:
            stored[key] = float(option[key]) if option["type"] == 10 else int(option[key])
    return stored
