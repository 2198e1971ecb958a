"""Finding, replacing and disabling components of a message."""

from __future__ import annotations

import pytest

from disruption import components
from disruption.components import (
    ActionRow,
    AnyComponent,
    Button,
    Container,
    Label,
    RoleSelect,
    Section,
    TextDisplay,
    TextInput,
    disable_all,
    find,
    replace,
)
from disruption.errors import InvalidArgument
from disruption.types import UnknownComponent, to_plain

YES, NO = Button.primary("Yes", "yes"), Button.danger("No", "no")
LINK = Button.link("Docs", "https://d.example")
MORE = Button.secondary("More", "more")
NEW = UnknownComponent(data={"type": 99, "id": 8, "custom_id": "new"})
TREE: list[AnyComponent] = [
    TextDisplay(id=5, content="Hi"),
    Container.of(
        Section.of("a", accessory=MORE),
        ActionRow.of(YES, NO, LINK),
        ActionRow.of(RoleSelect(custom_id="role")),
    ),
    NEW,
]


@pytest.fixture(autouse=True)
def _nothing_changes_in_place() -> object:
    before = to_plain(TREE)
    yield
    assert to_plain(TREE) == before


def test_a_tree_is_walked_from_the_outside() -> None:
    kinds = [type(each).__name__ for each in components.walk(TREE)]
    assert kinds == [
        "TextDisplay", "Container", "Section", "TextDisplay", "Button", "ActionRow",
        "Button", "Button", "Button", "ActionRow", "RoleSelect", "UnknownComponent",
    ]  # fmt: skip


def test_components_are_found_by_custom_id_and_by_id() -> None:
    assert find(TREE, "no") is NO
    assert find(TREE, "more") is MORE
    assert find(TREE, 5) is TREE[0]
    assert find(TREE, "new") is NEW
    assert find(TREE, 8) is NEW
    assert find(TREE, "none") is None
    assert find([TextDisplay(id=0, content="old")], 0) is None


def test_a_component_is_replaced() -> None:
    maybe = Button.success("Maybe", "maybe")
    after = replace(TREE, "no", maybe)
    assert find(after, "maybe") is maybe
    assert find(after, "no") is None
    assert find(after, "yes") is YES
    assert find(replace(TREE, "more", maybe), "maybe") is maybe
    assert replace(TREE, 5, TextDisplay.of("Ho"))[0] == TextDisplay.of("Ho")


def test_a_component_is_taken_away_and_a_row_without_any_too() -> None:
    after = replace(TREE, "role", None)
    assert sum(isinstance(each, ActionRow) for each in components.walk(after)) == 1
    alone: list[AnyComponent] = [Container.of(ActionRow.of(YES))]
    assert replace(alone, "yes", None) == []
    assert len(replace(TREE, 5, None)) == 2


def test_what_a_section_or_label_needs_is_not_taken_away() -> None:
    with pytest.raises(InvalidArgument, match="accessory"):
        replace(TREE, "more", None)
    label: list[AnyComponent] = [Label.of("x", TextInput.short("x"))]
    with pytest.raises(InvalidArgument, match="label"):
        replace(label, "x", None)
    text: list[AnyComponent] = [Section.of(TextDisplay(id=3, content="x"), accessory=YES)]
    with pytest.raises(InvalidArgument, match="text"):
        replace(text, 3, None)


def test_what_is_not_there_is_not_replaced() -> None:
    with pytest.raises(InvalidArgument, match="'none'"):
        replace(TREE, "none", YES)


def test_all_that_a_bot_hears_of_is_disabled() -> None:
    after = disable_all(TREE)
    state = {
        getattr(each, "custom_id", None) or "link": each.disabled
        for each in components.walk(after)
        if isinstance(each, Button | RoleSelect)
    }
    assert state == {"more": True, "yes": True, "no": True, "link": None, "role": True}
    assert disable_all(after) == after


def test_some_stay_enabled() -> None:
    after = disable_all(TREE, but=["yes"])
    assert find(after, "yes") is YES
    assert find(after, "no") == Button.danger("No", "no", disabled=True)
