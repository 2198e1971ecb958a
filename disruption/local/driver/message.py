"""A message as its reader sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..world.errors import WorldError
from .errors import DriverError

if TYPE_CHECKING:
    from ..world import World

__all__ = ["MessageView"]

_BUTTON = 2
_SELECTS = frozenset({3, 5, 6, 7, 8})
_LINK, _PREMIUM = 5, 6


@dataclass(frozen=True)
class MessageView:
    """One message; everything read from it is as it is now.

    Attributes:
        channel_id: Where it is.
        id: Its id.
    """

    world: World
    channel_id: str
    id: str

    @property
    def data(self) -> dict[str, Any]:
        """The message as REST gives it."""
        return self.world.messages.get(self.channel_id, self.id)

    @property
    def content(self) -> str:
        """Its text."""
        return str(self.data["content"])

    @property
    def embeds(self) -> list[dict[str, Any]]:
        """Its embeds."""
        return list(self.data["embeds"])

    @property
    def author(self) -> str:
        """The username of whoever wrote it."""
        return str(self.data["author"]["username"])

    @property
    def reactions(self) -> dict[str, int]:
        """How many reacted, by emoji."""
        found = self.data.get("reactions", ())
        return {item["emoji"]["name"]: item["count"] for item in found}

    @property
    def exists(self) -> bool:
        """Whether it has not been deleted."""
        try:
            self.world.messages.get(self.channel_id, self.id)
        except WorldError:
            return False
        return True

    def button(self, name: str) -> dict[str, Any]:
        """Return the button with this custom id or label.

        Raises:
            DriverError: There is none, or a user could not press it.
        """
        for component in self._components():
            if component["type"] == _BUTTON and name in (
                component.get("custom_id"),
                component.get("label"),
                (component.get("emoji") or {}).get("name"),
            ):
                if component.get("disabled"):
                    raise DriverError(f"The button {name!r} is disabled")
                if component.get("style") in (_LINK, _PREMIUM):
                    raise DriverError(f"The button {name!r} goes to a page, not to a bot")
                return component
        raise DriverError(f"There is no button {name!r}; {self._what_there_is()}")

    def menu(self, name: str | None = None) -> dict[str, Any]:
        """Return the select menu with this custom id or placeholder; None is the first.

        Raises:
            DriverError: There is none, or a user could not open it.
        """
        for component in self._components():
            if component["type"] in _SELECTS and name in (
                None,
                component["custom_id"],
                component.get("placeholder"),
            ):
                if component.get("disabled"):
                    raise DriverError(f"The menu {component['custom_id']!r} is disabled")
                return component
        which = "" if name is None else f" {name!r}"
        raise DriverError(f"There is no select menu{which}; {self._what_there_is()}")

    def _components(self) -> Iterator[dict[str, Any]]:
        waiting = list(reversed(self.data["components"]))
        while waiting:
            component = waiting.pop()
            yield component
            waiting.extend(reversed(component.get("components") or ()))
            if component.get("accessory"):
                waiting.append(component["accessory"])

    def _what_there_is(self) -> str:
        names = [
            str(item.get("label") or item.get("placeholder") or item.get("custom_id"))
            for item in self._components()
            if item["type"] == _BUTTON or item["type"] in _SELECTS
        ]
        return f"the message has {', '.join(names) or 'no components'}"
