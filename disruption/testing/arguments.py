"""What tests hand in: taken where it is clear what is meant, refused with a reason where not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import InvalidArgument
from ..local.driver import MessageView

if TYPE_CHECKING:
    from ..local.world import World

__all__ = ["checked_name", "checked_text", "message_of"]


def message_of(world: World, value: Any) -> MessageView:
    """Return the message that is meant: as `say` and `expect` return one, or a client's own.

    Raises:
        InvalidArgument: It is no message.
    """
    if isinstance(value, MessageView):
        return value
    channel_id, message_id = getattr(value, "channel_id", None), getattr(value, "id", None)
    if channel_id is None or message_id is None:
        raise InvalidArgument(f"{value!r} is no message: give what say() or expect() has returned")
    return MessageView(world, str(channel_id), str(message_id))


def checked_text(value: Any, what: str) -> str:
    """Return a text.

    Raises:
        InvalidArgument: It is none; `what` says what it should be.
    """
    if not isinstance(value, str):
        raise InvalidArgument(f"{what} is a text, not {value!r}")
    return value


def checked_name(value: Any, what: str, longest: int) -> str:
    """Return the name of something.

    Raises:
        InvalidArgument: It is no text, empty, or longer than so many characters.
    """
    name = checked_text(value, what)
    if not 1 <= len(name.strip()) <= longest:
        raise InvalidArgument(f"{what} has 1 to {longest} characters: {name!r}")
    return name
