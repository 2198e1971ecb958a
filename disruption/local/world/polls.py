"""Polls: votes, and their end.

See https://discord.com/developers/docs/resources/poll
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from ..clock import iso, seconds
from .errors import WorldError, form_error
from .ids import clone

if TYPE_CHECKING:
    from .messages import MessageRecord
    from .world import World

__all__ = ["POLL_RESULT", "Polls", "counted", "whole_poll"]

#: Type of the message that tells how a poll ended.
POLL_RESULT = 46


def whole_poll(world: World, request: dict[str, Any]) -> dict[str, Any]:
    """Make a poll of a request to create one."""
    answers = [
        {"answer_id": number, "poll_media": _media(world, answer["poll_media"])}
        for number, answer in enumerate(request["answers"], start=1)
    ]
    return {
        "question": _media(world, request["question"]),
        "answers": answers,
        "expiry": iso(world.clock.now() + 3600 * (request.get("duration") or 24)),
        "allow_multiselect": bool(request.get("allow_multiselect")),
        "layout_type": request.get("layout_type") or 1,
        "results": {"is_finalized": False, "answer_counts": []},
    }


def _media(world: World, media: dict[str, Any]) -> dict[str, Any]:
    """Return a question or an answer with its emoji as Discord gives it back."""
    whole: dict[str, Any] = {key: clone(item) for key, item in media.items() if item is not None}
    emoji = whole.get("emoji")
    if emoji is not None:
        known = world.emojis.find(str(emoji["id"])) if emoji.get("id") else None
        name = known["name"] if known is not None else emoji.get("name")
        whole["emoji"] = {"id": emoji.get("id"), "name": name}
        if known is not None and known["animated"]:
            whole["emoji"]["animated"] = True
    return whole


def counted(votes: dict[int, list[str]], viewer_id: str) -> list[dict[str, Any]]:
    """Return the counts of the answers that have votes; `me_voted` is the viewer's."""
    return [
        {"id": answer_id, "count": len(users), "me_voted": viewer_id in users}
        for answer_id, users in sorted(votes.items())
        if users
    ]


class Polls:
    """The polls in all messages; part of a `World`. Votes lie with the messages."""

    def __init__(self, world: World) -> None:
        self._world = world

    def vote(
        self, channel_id: str, message_id: str, user_id: str, answer_ids: Collection[int]
    ) -> None:
        """Make these a user's answers; none takes their vote back.

        Raises:
            WorldError: 520001 when the poll is over, 50035 for answers it does not have.
        """
        with self._world.lock:
            record = self._state(channel_id, message_id)
            poll = record.data["poll"]
            if poll["results"]["is_finalized"]:
                raise WorldError(400, 520001, "Poll expired")
            known = {answer["answer_id"] for answer in poll["answers"]}
            if not set(answer_ids) <= known:
                raise form_error("answer_ids", "POLL_ANSWER_INVALID", "Unknown answer")
            if len(set(answer_ids)) > 1 and not poll["allow_multiselect"]:
                text = "This poll takes one answer"
                raise form_error("answer_ids", "POLL_NOT_MULTISELECT", text)
            for answer_id in sorted(known):
                users = record.votes.setdefault(answer_id, [])
                wanted = answer_id in answer_ids
                if wanted == (user_id in users):
                    continue
                if wanted:
                    users.append(user_id)
                else:
                    users.remove(user_id)
                self._announce("ADD" if wanted else "REMOVE", record, user_id, answer_id)

    def voters(
        self,
        channel_id: str,
        message_id: str,
        answer_id: int,
        *,
        limit: int = 25,
        after: str = "0",
    ) -> list[dict[str, Any]]:
        """Return who gave an answer, in the order of their ids, those above `after`."""
        with self._world.lock:
            record = self._state(channel_id, message_id)
            users = sorted(record.votes.get(answer_id, ()), key=int)
            chosen = [user_id for user_id in users if int(user_id) > int(after)]
            return [self._world.users.get(user_id) for user_id in chosen[:limit]]

    def end(self, channel_id: str, message_id: str) -> dict[str, Any]:
        """End a poll, and tell the channel how it ended."""
        with self._world.lock:
            record = self._state(channel_id, message_id)
            results = record.data["poll"]["results"]
            if results["is_finalized"]:
                raise WorldError(400, 520001, "Poll expired")
            results["is_finalized"] = True
            record.data["poll"]["expiry"] = min(record.data["poll"]["expiry"], self._world.now())
            self._world.messages.announce("MESSAGE_UPDATE", record)
            reference = {"type": 0, "channel_id": channel_id, "message_id": message_id}
            author_id = record.data["author"]["id"]
            self._world.messages.create(
                channel_id,
                author_id,
                type=POLL_RESULT,
                embeds=[_result(record)],
                reference=reference,
                webhook_author=record.data["author"] if "webhook_id" in record.data else None,
            )
            return self._world.messages.get(channel_id, message_id, author_id)

    def set_alarm(self, record: MessageRecord) -> None:
        """Let a poll end in its time."""
        poll = record.data.get("poll")
        if poll is not None and not poll["results"]["is_finalized"]:
            self._world.schedule.at(seconds(poll["expiry"]), self._expiry(record))

    def _expiry(self, record: MessageRecord) -> Callable[[], None]:
        def expire() -> None:
            channel_id, message_id = record.data["channel_id"], record.data["id"]
            if not self._world.messages.exists(channel_id, message_id):
                return
            if not record.data["poll"]["results"]["is_finalized"]:
                self.end(channel_id, message_id)

        return expire

    def _state(self, channel_id: str, message_id: str) -> MessageRecord:
        record = self._world.messages.state(channel_id, message_id)
        if "poll" not in record.data:
            raise WorldError(400, 520006, "Cannot expire a non-poll message")
        return record

    def _announce(self, verb: str, record: MessageRecord, user_id: str, answer_id: int) -> None:
        channel_id = record.data["channel_id"]
        data: dict[str, Any] = {
            "user_id": user_id,
            "channel_id": channel_id,
            "message_id": record.data["id"],
            "answer_id": answer_id,
        }
        guild_id = self._world.channels.state(channel_id).get("guild_id")
        if guild_id is not None:
            data["guild_id"] = guild_id
        self._world.channels.announce_in(channel_id, f"MESSAGE_POLL_VOTE_{verb}", data)


def _result(record: MessageRecord) -> dict[str, Any]:
    """Return the embed that tells how a poll ended; nobody wins a draw."""
    poll = record.data["poll"]
    counts = {key: len(users) for key, users in record.votes.items() if users}
    best = max(counts.values(), default=0)
    fields = {
        "poll_question_text": poll["question"].get("text", ""),
        "victor_answer_votes": str(best),
        "total_votes": str(sum(counts.values())),
    }
    winners = [key for key, count in counts.items() if count == best]
    if len(winners) == 1:
        media = next(
            answer["poll_media"] for answer in poll["answers"] if answer["answer_id"] == winners[0]
        )
        fields["victor_answer_id"] = str(winners[0])
        if media.get("text") is not None:
            fields["victor_answer_text"] = media["text"]
        emoji = media.get("emoji") or {}
        if emoji.get("id") is not None:
            fields["victor_answer_emoji_id"] = emoji["id"]
        if emoji.get("name") is not None:
            fields["victor_answer_emoji_name"] = emoji["name"]
    listed = [{"name": key, "value": value, "inline": False} for key, value in fields.items()]
    return {"type": "poll_result", "fields": listed}
