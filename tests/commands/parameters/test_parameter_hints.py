"""Annotations that are texts, wherever their names are defined."""

from __future__ import annotations

import functools
import sys

import annotated_late as late
import pytest

from disruption.commands.errors import CommandDefinitionError
from disruption.commands.parameters import Parameter, read_parameters


def kinds(parameters: list[Parameter]) -> dict[str, int]:
    return {one.name: int(one.kind or 0) for one in parameters}


def names(parameter: Parameter) -> list[str]:
    return [choice.name for choice in parameter.choices]


def test_names_of_the_module() -> None:
    assert kinds(read_parameters(late.of_the_module)) == {"who": 6, "sides": 4}


def test_quoted_within_a_text() -> None:
    assert names(read_parameters(late.quoted_twice)[0]) == ["DARK"]


def test_a_local_class_wins_over_the_modules() -> None:
    assert names(late.local_enum()[0]) == ["LIGHT"]


def test_a_free_variable_is_found_when_its_frame_is_gone() -> None:
    assert names(read_parameters(late.free_variable())[0]) == ["HAPPY"]


def test_classes_around_a_method() -> None:
    for parameters in (late.class_in_a_function(), late.AtTheTop.move):
        assert kinds(parameters) == {"a": 4, "b": 4}


def test_names_that_are_given() -> None:
    from decimal import Decimal

    with pytest.raises(CommandDefinitionError, match="no option for Decimal"):
        read_parameters(late.only_for_checkers, names={"Decimal": Decimal})
    assert kinds(read_parameters(late.only_for_checkers, names={"Decimal": int})) == {"price": 4}


def test_a_name_for_type_checkers_only_is_named() -> None:
    with pytest.raises(CommandDefinitionError) as caught:
        read_parameters(late.only_for_checkers)
    text = str(caught.value)
    assert "the annotation Decimal of price has a name that is not known" in text
    assert "import it outside of `if TYPE_CHECKING:`" in text
    assert "annotated_late.py:" in text
    assert text.endswith("in only_for_checkers)")


def test_what_wraps_a_function_has_its_parameters() -> None:
    assert kinds(read_parameters(late.wrapped())) == {"who": 6, "sides": 4}
    partial = functools.partial(late.of_the_module, sides=3)
    assert kinds(read_parameters(partial)) == {"who": 6, "sides": 4}
    assert kinds(read_parameters(late.CallMe())) == {"shade": 4}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="'type' came with Python 3.12")
def test_type_aliases() -> None:
    space: dict[str, object] = {}
    exec(
        "from typing import Annotated\n"
        "from disruption.commands.parameters import Range\n"
        "type Sides = Annotated[int, Range(2, 6)]\n"
        "type Maybe = Sides | None\n"
        "def roll(ctx, sides: Sides, more: Maybe): ...\n",
        space,
    )
    sides, more = read_parameters(space["roll"])  # type: ignore[arg-type]
    assert (sides.min_value, sides.required) == (2, True)
    assert (more.max_value, more.required) == (6, False)
