from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from disruption import User
from disruption.commands.arguments import slash_arguments
from disruption.commands.command import Command
from disruption.commands.parameters import read_parameters


def test_what_may_be_none_need_not_have_a_default() -> None:
    def say(ctx: Any, who: User | None, text: str, times: int = 2) -> Any:
        return who, text, times

    given: Any = [SimpleNamespace(name="text", value="hi")]
    ctx: Any = None
    arguments = slash_arguments(read_parameters(say), given, None, ctx)
    assert say(None, **arguments) == (None, "hi", 2)


def test_the_context_may_be_annotated_as_anything() -> None:
    def roll(ctx: Any, sides: int = 6) -> None: ...

    assert [one.name for one in Command(roll).parameters] == ["sides"]
