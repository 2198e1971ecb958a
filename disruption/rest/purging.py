"""Deleting many messages: in bulk where Discord allows it, one by one where it does not.

See https://discord.com/developers/docs/resources/message#bulk-delete-messages
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from disruption.errors import BadRequest, ClientStopped, InvalidArgument, NotFound
from disruption.rest.paging import After, Before

if TYPE_CHECKING:
    from disruption.rest.rest import Rest
    from disruption.rest.route import SnowflakeLike
    from disruption.types import Message
    from disruption.types.core.base import Api

__all__ = ["delete_later", "delete_many", "may_delete_later", "purge"]

_log = logging.getLogger("disruption.rest")
_BULK: Final = 100
# Less than two weeks, since a request may wait for its limit.
_YOUNG: Final = 14 * 24 * 3600.0 - 120.0  # seconds
_EPOCH: Final = 1_420_070_400.0  # seconds
_TOO_OLD: Final = 50034

Progress = Callable[[int], object]
"""Called with how many messages were deleted so far."""


def purge(
    rest: Rest,
    channel_id: SnowflakeLike,
    *,
    limit: int | None,
    check: Callable[[Message], bool] | None = None,
    before: Before | None = None,
    after: After | None = None,
    bulk: bool = True,
    reason: str | None = None,
    progress: Progress | None = None,
) -> int:
    """Delete messages of a channel, newest first; return how many.

    Args:
        rest: What to ask with.
        channel_id: The channel.
        limit: How many messages are looked at; None for all.
        check: Says for each whether it is deleted; None deletes all.
        before: Messages before this one, or before a time.
        after: Messages after this one, or after a time.
        bulk: Up to a hundred at once, as guild channels allow, those older than two weeks
            one by one; False does all one by one.
        reason: Shown in the audit log, at most 512 characters.
        progress: Called with how many were deleted so far.
    """
    found = rest.iter_channel_messages(
        channel_id, before=before, after=after, oldest_first=False, limit=limit
    )
    chosen = (message.id for message in found if check is None or check(message))
    return delete_many(rest, channel_id, chosen, bulk=bulk, reason=reason, progress=progress)


def delete_many(
    rest: Rest,
    channel_id: SnowflakeLike,
    messages: Iterable[int],
    *,
    bulk: bool = True,
    reason: str | None = None,
    progress: Progress | None = None,
) -> int:
    """Delete messages by id, taken as they come; return how many. Those gone already are not
    counted where it can be known.
    """
    done = 0
    young: list[int] = []

    def tell(deleted: int) -> None:
        nonlocal done
        done += deleted
        if deleted and progress is not None:
            progress(done)

    for number in messages:
        if bulk and time.time() - ((number >> 22) / 1000 + _EPOCH) < _YOUNG:
            if number not in young:
                young.append(number)
            if len(young) == _BULK:
                tell(_delete_young(rest, channel_id, young, reason))
                young.clear()
        else:
            tell(_delete_one(rest, channel_id, number, reason))
    tell(_delete_young(rest, channel_id, young, reason))
    return done


def _delete_young(
    rest: Rest, channel_id: SnowflakeLike, numbers: list[int], reason: str | None
) -> int:
    if len(numbers) > 1:
        try:
            rest.bulk_delete_messages(channel_id, numbers, reason=reason)
            return len(numbers)
        except BadRequest as error:  # a clock that differs from Discord's, a long wait
            if error.code != _TOO_OLD:
                raise
        except InvalidArgument as error:
            rest.counters.add("rest.purges_one_by_one")
            _log.info("deleting one by one: %s", error)
    return sum(_delete_one(rest, channel_id, number, reason) for number in numbers)


def _delete_one(rest: Rest, channel_id: SnowflakeLike, number: int, reason: str | None) -> int:
    try:
        rest.delete_message(channel_id, number, reason=reason)
    except NotFound:
        return 0
    return 1


# Later ------------------------------------------------------------------------------------


def may_delete_later(api: Api, delete_after: float | None) -> None:
    """Refuse `delete_after` where there is nothing that could do it, before anything is sent.

    Raises:
        InvalidArgument: It is no number of seconds, or there is only a `Rest`.
    """
    if delete_after is None:
        return
    if isinstance(delete_after, bool) or not isinstance(delete_after, int | float):
        raise InvalidArgument(
            f"delete_after must be a number of seconds, not {type(delete_after).__name__}"
        )
    if not 0 <= delete_after < 1e9:
        raise InvalidArgument(f"delete_after must be from 0 on, not {delete_after!r}")
    if not hasattr(api, "submit_later"):
        raise InvalidArgument(
            "delete_after needs a running Client, whose timer does it: a Rest alone starts no "
            "thread, so delete the message yourself"
        )


def delete_later(
    api: Api,
    message: Message | None,
    delete_after: float | None,
    delete: Callable[[], object] | None = None,
) -> None:
    """Have a message deleted after so many seconds, None for never.

    It does not happen if the client is stopped before.

    Args:
        api: The client.
        message: The message; None where only `delete` knows it.
        delete_after: Seconds.
        delete: What deletes it; by default the bot does, as its own message.
    """
    if delete_after is None:
        return
    if delete is None:
        assert message is not None
        delete = partial(api.rest.delete_message, message.channel_id, message.id)
    client: Any = api
    name = "an answer" if message is None else f"message {message.id}"
    client.submit_later(delete_after, _delete_quietly, api.rest, name, delete)


def _delete_quietly(rest: Rest, name: str, delete: Callable[[], object]) -> None:
    try:
        delete()
    except NotFound:
        pass  # somebody was faster
    except ClientStopped:
        _log.info("the client was stopped before %s was deleted", name)
    except Exception as error:
        rest.counters.add("rest.late_deletions_failed")
        _log.warning("%s could not be deleted after its time: %s", name, error)
