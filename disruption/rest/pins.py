"""Pinned messages.

See https://discord.com/developers/docs/resources/message#get-channel-pins
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from disruption.rest.checks import between, utc
from disruption.rest.core import RestCore
from disruption.rest.paging import paged
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import ChannelPins, MessagePin

__all__ = ["PinRoutes"]

_PINS: Final = "/channels/{channel_id}/messages/pins"
_PIN: Final = _PINS + "/{message_id}"

_LIST = Route("GET", _PINS)
_PIN_MESSAGE = Route("PUT", _PIN)
_UNPIN_MESSAGE = Route("DELETE", _PIN)

_PAGE: Final = 50


class PinRoutes(RestCore):
    """Pinned messages."""

    def get_channel_pins(
        self,
        channel_id: SnowflakeLike,
        *,
        before: datetime | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> ChannelPins:
        """Get messages that are pinned in a channel, those pinned last first.

        Args:
            channel_id: The channel.
            before: Those pinned before this time.
            limit: How many, 1 to 50; Discord's default is 50.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/message#get-channel-pins
        """
        between("limit", limit, 1, _PAGE)
        query = {
            "before": None if before is None else utc("before", before).isoformat(),
            "limit": limit,
        }
        return self._fetch(ChannelPins, _LIST(channel_id), query=query, timeout=timeout)

    def iter_channel_pins(
        self,
        channel_id: SnowflakeLike,
        *,
        before: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[MessagePin]:
        """Go through the messages that are pinned in a channel, those pinned last first.

        Args:
            channel_id: The channel.
            before: Those pinned before this time.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/message#get-channel-pins
        """

        def fetch(cursor: datetime | None, size: int) -> tuple[list[MessagePin], datetime | None]:
            page = self.get_channel_pins(channel_id, before=cursor, limit=size)
            more = page.items and page.has_more
            return page.items, min(pin.pinned_at for pin in page.items) if more else None

        return paged(fetch, start=before, limit=limit, page=_PAGE)

    def pin_message(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Pin a message.

        Raises:
            BadRequest: The channel has as many pins as it can have (code 30003).
            Forbidden: PIN_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/message#pin-message
        """
        self._do(_PIN_MESSAGE(channel_id, message_id), reason=reason, timeout=timeout)

    def unpin_message(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Unpin a message.

        Raises:
            Forbidden: PIN_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/message#unpin-message
        """
        self._do(_UNPIN_MESSAGE(channel_id, message_id), reason=reason, timeout=timeout)
