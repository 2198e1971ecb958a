"""Functions whose annotations are texts, defined in all kinds of places."""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from disruption.commands.parameters import Parameter, Range, read_parameters
from disruption.types import Member

if TYPE_CHECKING:
    from decimal import Decimal


class Shade(enum.Enum):
    DARK = 1


def command(skip: int = 1) -> Callable[[Callable[..., Any]], list[Parameter]]:
    return lambda function: read_parameters(function, skip=skip)


def of_the_module(ctx: Decimal, who: Member, sides: Annotated[int, Range(2, 6)]) -> Decimal: ...


def quoted_twice(ctx: Any, shade: "Shade | None") -> None: ...  # noqa: UP037


def only_for_checkers(ctx: Any, price: Decimal) -> None: ...


def local_enum() -> list[Parameter]:
    class Shade(enum.Enum):
        LIGHT = "l"

    @command()
    def paint(ctx: Any, shade: Shade) -> None: ...

    return paint


def free_variable() -> Callable[..., None]:
    class Mood(enum.Enum):
        HAPPY = "h"

    def feel(ctx: Any, mood: Mood) -> None:
        print(Mood)

    return feel


def class_in_a_function() -> list[Parameter]:
    class Outside(enum.Enum):
        OUT = 1

    class Plugin:
        class Inside(enum.Enum):
            IN = 1

        @command(skip=2)
        def move(self, ctx: Any, a: Inside, b: Outside) -> None: ...

    return Plugin.move


class AtTheTop:
    class Inside(enum.Enum):
        IN = 1

    @command(skip=2)
    def move(self, ctx: Any, a: Inside, b: Shade) -> None: ...


def wrapped() -> Callable[..., None]:
    @functools.wraps(of_the_module)
    def outer(*args: Any, **kwargs: Any) -> None: ...

    return outer


class CallMe:
    def __call__(self, ctx: Any, shade: Shade) -> None: ...
