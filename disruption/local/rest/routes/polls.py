"""Polls: who voted for what, and an early end.

See https://discord.com/developers/docs/resources/poll
"""

from __future__ import annotations

from typing import Any

from ..errors import WorldError
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_POLL = "/channels/{channel_id}/polls/{message_id}"


@routes.get(_POLL + "/answers/{answer_id}")
def get_answer_voters(
    call: Call, channel_id: str, message_id: str, answer_id: str
) -> dict[str, Any]:
    """Return who gave an answer, in the order of their ids."""
    call.world.permissions.require(call.user_id, channel_id, "READ_MESSAGE_HISTORY")
    users = call.world.polls.voters(
        channel_id,
        message_id,
        int(answer_id),
        limit=call.integer("limit", 25, 1, 100),
        after=call.snowflake("after") or "0",
    )
    return {"users": users}


@routes.put(_POLL + "/answers/@me")
def vote(call: Call, channel_id: str, message_id: str) -> None:
    """Vote, as a person's client does; bots cannot."""
    if call.account is None or call.account.is_bot:
        raise WorldError(403, 20001, "Bots cannot use this endpoint")
    call.world.permissions.require(call.user_id, channel_id, "READ_MESSAGE_HISTORY")
    form = Form()
    body = Body(call.body, form)
    body.snowflakes("answer_ids", required=True)
    form.check()
    answers = [int(answer) for answer in body.clean["answer_ids"]]
    call.world.polls.vote(channel_id, message_id, call.user_id, answers)


@routes.post(_POLL + "/expire")
def end_poll(call: Call, channel_id: str, message_id: str) -> dict[str, Any]:
    """End the bot's own poll now."""
    call.world.permissions.require(call.user_id, channel_id)
    message = call.world.messages.get(channel_id, message_id)
    if message["author"]["id"] != call.user_id:
        raise WorldError(403, 50005, "Cannot edit a message authored by another user")
    return call.world.polls.end(channel_id, message_id)
