"""Walking and changing trees of components: what a message had, with a button less.

Nothing is changed in place: each function returns new components and leaves those it
was given alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import TYPE_CHECKING

from ...errors import InvalidArgument
from .base import Component
from .buttons import Button, ButtonStyle
from .interactive import EntitySelect, StringSelect
from .layout import ActionRow, Container, Label, Section, UnknownComponent

if TYPE_CHECKING:
    from .layout import AnyComponent

__all__ = ["disable_all", "find", "replace", "validate", "validate_modal", "walk"]


def walk(components: Iterable[AnyComponent]) -> Iterator[AnyComponent]:
    """Yield all components, each before those inside it."""
    for component in components:
        yield component
        if isinstance(component, (ActionRow, Container)):
            yield from walk(component.components)
        elif isinstance(component, Section):
            yield from walk(component.components)
            yield from walk((component.accessory,))
        elif isinstance(component, Label):
            yield from walk((component.component,))


def find(components: Iterable[AnyComponent], which: str | int) -> AnyComponent | None:
    """Return a component by its custom id (a str) or its id (an int); None where there is none."""
    return next((each for each in walk(components) if _is(each, which)), None)


def replace(
    components: Iterable[AnyComponent], which: str | int, new: AnyComponent | None
) -> list[AnyComponent]:
    """Return the components with another one in the place of one of them.

    Args:
        components: The components; they stay as they are.
        which: The custom id (a str) or the id (an int) of what is replaced.
        new: What comes in its place; None takes it away, and a row or container that is
            empty then too.

    Raises:
        InvalidArgument: There is none, or a section or label would lack what it is for.
    """
    listed = list(components)
    if find(listed, which) is None:
        raise InvalidArgument(f"there is no component {which!r}")
    return _changed(listed, lambda each: new if _is(each, which) else each)


def disable_all(
    components: Iterable[AnyComponent], *, but: Iterable[str | int] = ()
) -> list[AnyComponent]:
    """Return the components with each button and select disabled that the bot would hear of.

    Buttons that open an address or sell something go on working.

    Args:
        components: The components; they stay as they are.
        but: Custom ids or ids of those that stay enabled.
    """
    kept = tuple(but)

    def disabled(each: AnyComponent) -> AnyComponent:
        if not isinstance(each, (Button, StringSelect, EntitySelect)):
            return each
        if isinstance(each, Button) and each.style in (ButtonStyle.LINK, ButtonStyle.PREMIUM):
            return each
        if any(_is(each, which) for which in kept):
            return each
        twin = copy(each)
        twin.disabled = True
        return twin

    return _changed(list(components), disabled)


def validate(
    components: Iterable[AnyComponent], v2: bool | None = None, *, path: str = "components"
) -> None:
    """Refuse the components of a message that Discord would refuse; sending does so too.

    Args:
        components: The top-level components.
        v2: Whether the message has the flag IS_COMPONENTS_V2; by default the components tell.
        path: What the error calls them.

    Raises:
        InvalidArgument: With the path of the component or field, and the rule.

    See https://discord.com/developers/docs/components/reference
    """
    from ..core.codec import to_plain
    from ..rules.components import check_components

    check_components(to_plain(list(components)), v2=v2, path=path)


def validate_modal(components: Iterable[AnyComponent]) -> None:
    """Refuse the components of a modal that Discord would refuse.

    `ModalCallbackData.validate` looks at the custom id and the title too; sending does so.

    Raises:
        InvalidArgument: With the path of the component or field, and the rule.

    See https://discord.com/developers/docs/components/reference
    """
    from ..core.codec import to_plain
    from ..rules.components import check_modal

    check_modal({"custom_id": "-", "title": "-", "components": to_plain(list(components))})


def _is(component: AnyComponent, which: str | int) -> bool:
    if isinstance(component, UnknownComponent):
        return bool(component.data.get("custom_id" if isinstance(which, str) else "id") == which)
    if isinstance(which, str):
        return getattr(component, "custom_id", None) == which
    return isinstance(component, Component) and bool(which) and component.id == which


def _changed(
    components: list[AnyComponent], change: Callable[[AnyComponent], AnyComponent | None]
) -> list[AnyComponent]:
    """Return the components after `change`, which is asked about each, the outer ones first."""
    after = []
    for component in components:
        changed = _inside(component, change)
        if changed is not None:
            after.append(changed)
    return after


def _inside(
    component: AnyComponent, change: Callable[[AnyComponent], AnyComponent | None]
) -> AnyComponent | None:
    changed = change(component)
    if changed is not component:
        return changed
    if isinstance(component, (ActionRow, Container)):
        row = copy(component)
        row.components = _changed(component.components, change)
        return row if row.components or not component.components else None
    if isinstance(component, Section):
        section = copy(component)
        section.components = _changed(component.components, change)
        section.accessory = _needed(component.accessory, change, "a section needs its accessory")
        if component.components and not section.components:
            raise InvalidArgument("a section needs a text: replace it as a whole")
        return section
    if isinstance(component, Label):
        label = copy(component)
        label.component = _needed(component.component, change, "a label needs its component")
        return label
    return component


def _needed(
    component: AnyComponent, change: Callable[[AnyComponent], AnyComponent | None], why: str
) -> AnyComponent:
    changed = _inside(component, change)
    if changed is None:
        raise InvalidArgument(f"{why}: replace it as a whole")
    return changed
