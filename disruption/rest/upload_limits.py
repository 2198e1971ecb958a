"""Whether files are too large for where they are sent, found out before they are.

What every guild takes, 10 MiB, needs no question, and what none takes no answer. Only in
between does it matter how far the guild is boosted: then Discord is asked, which costs next
to nothing beside an upload of that size, and the answer is kept.

See https://discord.com/developers/docs/reference#uploading-files
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from disruption.errors import ClientStopped, DisruptionError
from disruption.rest.files import File
from disruption.rest.payload import check_sizes
from disruption.rest.route import SnowflakeLike, snowflake
from disruption.types import PartialChannel
from disruption.types.rules.uploads import LARGEST_UPLOAD, USUAL_UPLOAD, upload_limit

if TYPE_CHECKING:
    from disruption.rest.rest import Rest

__all__ = ["UploadLimits"]

_log = logging.getLogger("disruption.rest")
_KEPT: Final = 60.0  # seconds for which a limit that is too low is not asked for again
_MOST: Final = 1000  # places that are remembered
_DIRECT: Final = (1, 3)  # the types of channels that are in no guild
_NO_GUILD: Final = -1


class UploadLimits:
    """How large files may be, by channel and guild; safe to use from any number of threads.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # Channel → its guild or _NO_GUILD; guild → bytes, None where Discord did not say, and
        # when that was. Single reads and writes only, so that they need no lock.
        self._guilds: dict[int, int] = {}
        self._limits: dict[int, tuple[int | None, float]] = {}

    def check(
        self,
        rest: Rest,
        place: SnowflakeLike,
        files: Sequence[File],
        *,
        channel: bool,
        deadline: float = math.inf,
    ) -> None:
        """Refuse files that are too large for a place.

        Args:
            rest: Who is asked, where it has a bot's token; else what is not known is taken
                to fit.
            place: The channel or the webhook, or its id.
            files: What is to be sent.
            channel: Whether the place is a channel.
            deadline: When questions must be answered (monotonic seconds).

        Raises:
            InvalidArgument: With the file's name, its size and the limit.
        """
        largest = max(file.size or 0 for file in files)
        if largest <= USUAL_UPLOAD:
            return
        check_sizes(files, LARGEST_UPLOAD)
        guild_id: int | None = getattr(place, "guild_id", None) or None
        if guild_id is None and channel:
            guild_id = self._guild_of(rest, place, deadline)
        if guild_id is None:
            return
        limit, since = self._limits.get(guild_id, (None, -math.inf))
        if guild_id == _NO_GUILD:
            limit = USUAL_UPLOAD
        elif (
            (limit is None or largest > limit)
            and self._clock() - since >= _KEPT  # it may have been boosted since
            and rest.is_bot
        ):
            limit = self._of_guild(rest, guild_id, deadline)
        check_sizes(files, limit)

    def _guild_of(self, rest: Rest, channel: SnowflakeLike, deadline: float) -> int | None:
        """Return the guild that a channel is in, or _NO_GUILD, None where that is unknown."""
        if isinstance(channel, PartialChannel) and channel.type in _DIRECT:
            return _NO_GUILD
        number = snowflake(channel, "channel_id")
        guild_id = self._guilds.get(number)
        if guild_id is not None or not rest.is_bot:
            return guild_id
        try:
            found = rest.get_channel(number, timeout=_left(deadline))
        except ClientStopped:
            raise
        except DisruptionError as error:
            self._not_told(rest, f"channel {number}", error)
            return None
        guild_id = int(found.guild_id or _NO_GUILD)
        if len(self._guilds) >= _MOST:
            self._guilds = {}
        self._guilds[number] = guild_id
        return guild_id

    def _of_guild(self, rest: Rest, guild_id: int, deadline: float) -> int | None:
        limit: int | None = None
        try:
            limit = upload_limit(rest.get_guild(guild_id, timeout=_left(deadline)).premium_tier)
        except ClientStopped:
            raise
        except DisruptionError as error:
            self._not_told(rest, f"guild {guild_id}", error)
        if len(self._limits) >= _MOST:
            self._limits = {}
        self._limits[guild_id] = (limit, self._clock())
        return limit

    @staticmethod
    def _not_told(rest: Rest, where: str, error: DisruptionError) -> None:
        rest.counters.add("rest.unknown_upload_limits")
        _log.info("how large files may be in %s is not known: %s", where, error)


def _left(deadline: float) -> float | None:
    return None if deadline == math.inf else max(0.001, deadline - time.monotonic())
