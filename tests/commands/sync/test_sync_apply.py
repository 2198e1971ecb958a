"""What Discord refuses, and how that is said."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from disruption.commands.sync.apply import apply
from disruption.commands.sync.compare import compare
from disruption.commands.sync.report import SyncFailed, SyncReport
from disruption.errors import BadRequest, Forbidden

PLAY = {
    "name": "music",
    "description": "Music",
    "options": [
        {
            "type": 1,
            "name": "play",
            "description": "Play",
            "options": [{"type": 3, "name": "title", "description": "Which"}],
        }
    ],
}
ROLL = {"name": "roll", "description": "Roll dice"}


def refused(code: int = 50035, **errors: str) -> BadRequest:
    paths = {path.replace("__", "."): (text,) for path, text in errors.items()}
    return BadRequest(400, code, "Invalid Form Body", errors=paths)


class Place:
    """Takes what it is given, but for what it is told to refuse."""

    def __init__(self, **errors: Exception) -> None:
        self.errors = errors
        self.sent: list[str] = []

    def _send(self, what: str, name: str = "") -> Any:
        self.sent.append(f"{what} {name}".strip())
        error = self.errors.get(name or what)
        if error is not None:
            raise error
        return SimpleNamespace(name=name, type=1, id=5)

    def create(self, command: Any) -> Any:
        return self._send("create", command["name"])

    def edit(self, id: int, changes: Any) -> Any:
        return self._send("edit", changes.get("name", ""))

    def delete(self, id: int) -> None:
        self._send("delete")

    def overwrite(self, commands: Any) -> Any:
        self._send("overwrite")
        return [SimpleNamespace(name=one["name"], type=1, id=5) for one in commands]


def where(key: tuple[int, str], path: tuple[str, ...]) -> str:
    return f"bot.py:{len(path)}"


def done(place: Place, *defined: Any, there: Any = ()) -> Any:
    return apply(compare(defined, there), place, where)  # type: ignore[arg-type]


def test_a_refused_command_is_named_with_its_place_and_fields() -> None:
    error = refused(options__0__options__0__description="Too long. (BASE_TYPE_BAD_LENGTH)")
    result = done(Place(music=error), PLAY, ROLL)
    [refusal] = result.refusals
    assert str(refusal) == (
        "/music (bot.py:2): options.play.options.title.description: "
        "Too long. (BASE_TYPE_BAD_LENGTH)"
    )
    assert set(result.commands) == {(1, "roll")}


def test_of_many_that_go_together_the_one_that_is_wrong_is_named() -> None:
    many = [{**ROLL, "name": name} for name in "abcd"]
    error = refused(**{"4__options__0__name": "Bad name. (X)", "1__description": "Bad. (Y)"})
    result = done(Place(overwrite=error), *many, PLAY)
    assert [str(one) for one in result.refusals] == [
        "/music (bot.py:1): options.play.name: Bad name. (X)",
        "/b (bot.py:0): description: Bad. (Y)",
    ]
    assert result.commands == {}


def test_the_daily_limit_ends_it_with_advice() -> None:
    limit = BadRequest(400, 30034, "Max number of daily application command creates")
    place = Place(a=limit)
    result = done(place, *({**ROLL, "name": name} for name in "abc"))
    assert place.sent == ["create a"]
    assert "200 commands a day" in str(result.refusals[0])


def test_a_refused_rename_keeps_the_rest_from_being_replaced() -> None:
    there = [{**ROLL, "id": "1"}]
    many = [{"name": name, "description": name} for name in "abcde"]
    place = Place(dice=refused(name="Taken. (Z)"))
    result = done(place, {**ROLL, "name": "dice"}, *many, there=there)
    assert place.sent == ["edit dice"]
    assert len(result.refusals) == 1


def test_what_is_not_about_a_command_is_raised() -> None:
    with pytest.raises(Forbidden):
        done(Place(roll=Forbidden(403, 50001, "Missing Access")), ROLL)


def test_the_error_lists_the_refusals() -> None:
    refusals = done(Place(roll=refused(name="Bad. (X)")), ROLL).refusals
    error = SyncFailed(SyncReport(refusals=refusals))
    assert str(error) == ("Discord refused 1 of the commands:\n  /roll (bot.py:0): name: Bad. (X)")
