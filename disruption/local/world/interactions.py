"""Interactions: what users do with commands and components, and how bots answer.

See https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

import string
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .errors import WorldError, unknown
from .ids import clone
from .messages import EPHEMERAL, LOADING

if TYPE_CHECKING:
    from .world import World

__all__ = ["InteractionRecord", "Interactions"]

PING, COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 1, 2, 3, 4, 5

#: Types of callbacks.
MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
LAUNCH_ACTIVITY = 12

#: Seconds a bot has for its first answer, and for everything after it.
FIRST_ANSWER, TOKEN_LIFE = 3.0, 900.0

_LETTERS = string.ascii_letters + string.digits

#: What is resolved of a channel that was chosen.
_RESOLVED = (
    *("id", "name", "type", "last_message_id", "last_pin_timestamp", "nsfw", "parent_id"),
    *("guild_id", "flags", "rate_limit_per_user", "topic", "position", "thread_metadata"),
    "permissions",
)

#: What is not told of the channel in which it happened.
_UNTOLD = frozenset(
    {
        "permission_overwrites",
        "default_auto_archive_duration",
        "default_thread_rate_limit_per_user",
    }
)

_ALLOWED = {
    COMMAND: {MESSAGE, DEFERRED_MESSAGE, MODAL, 10, LAUNCH_ACTIVITY},
    COMPONENT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL, 10, LAUNCH_ACTIVITY},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, 10, LAUNCH_ACTIVITY},
}


_SUBCOMMAND, _SUBCOMMAND_GROUP = 1, 2


@dataclass
class InteractionRecord:
    """One interaction's live record; read it under the world's lock."""

    id: str
    application_id: str
    token: str
    type: int
    user_id: str
    channel_id: str
    guild_id: str | None
    made_at: float
    data: dict[str, Any]
    #: the message whose component was used, or whose component opened the modal
    message_id: str | None = None
    #: the interaction that opened the modal
    triggered_by: InteractionRecord | None = None
    #: type of the callback; None until the bot answered
    answer: int | None = None
    #: when it did, on the monotonic clock
    answered_at: float = 0.0
    answer_data: dict[str, Any] = field(default_factory=dict)
    #: the message that `@original` means
    original_id: str | None = None
    follow_up_ids: list[str] = field(default_factory=list)
    #: whether REST has sent its answer to the callback
    settled: bool = False


class Interactions:
    """Every interaction; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._interactions: dict[str, InteractionRecord] = {}
        self._by_token: dict[str, InteractionRecord] = {}

    def create(
        self,
        application_id: str,
        user_id: str,
        channel_id: str,
        type: int,
        data: dict[str, Any],
        *,
        message_id: str | None = None,
        triggered_by: InteractionRecord | None = None,
    ) -> InteractionRecord:
        """Let a user do something with an application, and tell its bot."""
        with self._world.lock:
            channel = self._world.channels.state(channel_id)
            application = self._world.applications.state(application_id)
            record = InteractionRecord(
                id=self._world.ids.next(),
                application_id=application_id,
                token="".join(self._world.random.choice(_LETTERS) for _ in range(180)),
                type=type,
                user_id=user_id,
                channel_id=channel_id,
                guild_id=channel.get("guild_id"),
                made_at=self._world.clock.now(),
                data=_with_options({key: clone(value) for key, value in data.items()}),
                message_id=message_id,
                triggered_by=triggered_by,
            )
            self._interactions[record.id] = record
            self._by_token[record.token] = record
            self._world.announce(
                "INTERACTION_CREATE",
                self.payload(record),
                guild_id=record.guild_id,
                # What is posted to an address does not go through the gateway.
                user_ids=() if application["interactions_endpoint_url"] else (application_id,),
                author_id=user_id,
            )
            return record

    def state(self, interaction_id: str) -> InteractionRecord:
        """Return the live record; for the world's own use, under the lock."""
        record = self._interactions.get(interaction_id)
        if record is None:
            raise unknown("interaction")
        return record

    def by_token(self, application_id: str, token: str) -> InteractionRecord:
        """Return the record a follow-up is for.

        Raises:
            WorldError: 10015 when there is none, 50027 when its 15 minutes are over.
        """
        with self._world.lock:
            record = self._by_token.get(token)
            if record is None or record.application_id != application_id:
                raise unknown("webhook")
            if self._world.clock.now() - record.made_at > TOKEN_LIFE:
                raise WorldError(401, 50027, "Invalid Webhook Token")
            return record

    def payload(self, record: InteractionRecord) -> dict[str, Any]:
        """Return an interaction as its bot receives it."""
        world = self._world
        channel = world.channels.get(record.channel_id, record.application_id)
        data: dict[str, Any] = {
            "id": record.id,
            "application_id": record.application_id,
            "type": record.type,
            "token": record.token,
            "version": 1,
            "data": {key: clone(value) for key, value in record.data.items()},
            "channel_id": record.channel_id,
            "locale": world.users.state(record.user_id)["locale"],
            "entitlements": world.entitlements.active(
                record.application_id, record.user_id, record.guild_id
            ),
            "attachment_size_limit": 10 * 1024 * 1024,
            "app_permissions": str(
                world.permissions.in_channel(record.channel_id, record.application_id)
            ),
        }
        if record.guild_id is not None:
            guild = world.guilds.state(record.guild_id).data
            allowed = world.permissions.in_channel(record.channel_id, record.user_id)
            channel["permissions"] = str(allowed)
            member = world.members.get(record.guild_id, record.user_id)
            data.update(
                guild_id=record.guild_id,
                guild={
                    "id": record.guild_id,
                    "locale": guild["preferred_locale"],
                    "features": list(guild["features"]),
                },
                guild_locale=guild["preferred_locale"],
                member={**member, "permissions": str(allowed)},
                context=0,
            )
        else:
            data.update(user=world.users.get(record.user_id), context=1)
        for key, item in data["data"].get("resolved", {}).get("channels", {}).items():
            data["data"]["resolved"]["channels"][key] = self._shown(item, record.user_id)
        data["channel"] = {key: item for key, item in channel.items() if key not in _UNTOLD}
        data["authorizing_integration_owners"] = self._owners(record)
        if record.message_id is not None:
            data["message"] = world.messages.get(
                record.channel_id, record.message_id, record.application_id
            )
        return data

    def _shown(self, channel: dict[str, Any], user_id: str) -> dict[str, Any]:
        """Return of a channel what is resolved, and what the user may do in it."""
        known = {key: channel[key] for key in _RESOLVED if key in channel}
        if self._world.channels.exists(channel["id"]):
            allowed = self._world.permissions.in_channel(channel["id"], user_id)
            known["permissions"] = str(allowed)
        return known

    def respond(
        self, interaction_id: str, token: str, type: int, data: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Take the first answer of a bot.

        Args:
            type: The callback's type.
            data: The keywords of `Messages.create` for a message; choices or a modal as sent.

        Returns:
            The documented callback response, `{interaction, resource}`.

        Raises:
            WorldError: 10062 when it is not known or three seconds old, 40060 when it was
                answered before.
        """
        given = data or {}
        with self._world.lock:
            record = self._interactions.get(interaction_id)
            if record is None or record.token != token:
                raise unknown("interaction")
            if record.answer is not None:
                raise WorldError(400, 40060, "Interaction has already been acknowledged.")
            if self._world.clock.now() - record.made_at > FIRST_ANSWER:
                raise unknown("interaction")
            from_message = record.message_id is not None
            if type not in _ALLOWED[record.type] or (
                type in (UPDATE, DEFERRED_UPDATE) and not from_message
            ):
                errors = {
                    "type": {
                        "_errors": [
                            {
                                "code": "INTERACTION_RESPONSE_TYPE_INVALID",
                                "message": f"Type {type} cannot answer this interaction.",
                            }
                        ]
                    }
                }
                raise WorldError(400, 50035, "Invalid Form Body", errors)
            resource = self._carry_out(record, type, given)
            record.answer = type
            record.answered_at = time.monotonic()
            record.answer_data = {key: clone(value) for key, value in given.items()}
            self._world.changed.notify_all()
            return self._callback_response(record, resource)

    def settle(self, interaction_id: str) -> None:
        """Note that the bot has its answer to the callback; only then a sent modal can be used.

        Clients keep a modal when the request that sent it has returned, so a user who submits
        it earlier would find nobody listening.
        """
        with self._world.lock:
            self.state(interaction_id).settled = True
            self._world.changed.notify_all()

    def original(self, application_id: str, token: str) -> dict[str, Any]:
        """Return the first answer's message, or the message whose component was used."""
        with self._world.lock:
            record = self.by_token(application_id, token)
            channel_id, message_id = record.channel_id, self._original_id(record)
            return self._world.messages.get(channel_id, message_id, application_id)

    def edit_original(
        self,
        application_id: str,
        token: str,
        changes: dict[str, Any],
        allowed_mentions: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Change the first answer; a deferred one is completed by it."""
        with self._world.lock:
            record = self.by_token(application_id, token)
            return self.edit_message(
                application_id, token, self._original_id(record), changes, allowed_mentions
            )

    def delete_original(self, application_id: str, token: str) -> None:
        """Delete the first answer."""
        with self._world.lock:
            record = self.by_token(application_id, token)
            self.delete_message(application_id, token, self._original_id(record))

    def follow_up(self, application_id: str, token: str, **message: Any) -> dict[str, Any]:
        """Send a further message; takes the keywords of `Messages.create`.

        The first one after a deferred answer completes that answer instead.
        """
        with self._world.lock:
            record = self.by_token(application_id, token)
            if record.answer is None:
                raise unknown("webhook")
            if record.answer == DEFERRED_MESSAGE and record.original_id is not None:
                original = self._world.messages.state(record.channel_id, record.original_id)
                if original.data["flags"] & LOADING:
                    allowed = message.pop("allowed_mentions", None)
                    message.pop("flags", None)
                    return self.edit_original(application_id, token, message, allowed)
            sent = self._send(record, message, type=0)
            record.follow_up_ids.append(sent["id"])
            self._world.changed.notify_all()
            return sent

    def message(self, application_id: str, token: str, message_id: str) -> dict[str, Any]:
        """Return one of the interaction's messages."""
        with self._world.lock:
            record = self.by_token(application_id, token)
            self._own(record, message_id)
            return self._world.messages.get(record.channel_id, message_id, application_id)

    def edit_message(
        self,
        application_id: str,
        token: str,
        message_id: str,
        changes: dict[str, Any],
        allowed_mentions: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Change one of the interaction's messages."""
        with self._world.lock:
            record = self.by_token(application_id, token)
            self._own(record, message_id)
            state = self._world.messages.state(record.channel_id, message_id)
            loading = bool(state.data["flags"] & LOADING)
            if loading:
                flags = state.data["flags"] & ~LOADING | int(changes.get("flags") or 0)
                changes = {**changes, "flags": flags}
            return self._world.messages.edit(
                record.channel_id,
                message_id,
                changes,
                allowed_mentions=allowed_mentions,
                viewer_id=application_id,
                silent=loading,
            )

    def delete_message(self, application_id: str, token: str, message_id: str) -> None:
        """Delete one of the interaction's messages."""
        with self._world.lock:
            record = self.by_token(application_id, token)
            self._own(record, message_id)
            self._world.messages.delete(record.channel_id, message_id)
            if message_id == record.original_id:
                record.original_id = None  # what follows fills nothing in

    def _carry_out(
        self, record: InteractionRecord, type: int, data: dict[str, Any]
    ) -> dict[str, Any] | None:
        if type == MESSAGE:
            sent = self._send(record, dict(data))
            record.original_id = sent["id"]
            return {"type": type, "message": sent}
        if type == DEFERRED_MESSAGE:
            flags = (int(data.get("flags") or 0) & EPHEMERAL) | LOADING
            record.original_id = self._send(record, {"flags": flags})["id"]
        elif type == UPDATE and record.message_id is not None:
            changes = dict(data)
            allowed = changes.pop("allowed_mentions", None)
            message = self._world.messages.edit(
                record.channel_id,
                record.message_id,
                changes,
                allowed_mentions=allowed,
                viewer_id=record.application_id,
            )
            record.original_id = record.message_id
            return {"type": type, "message": message}
        elif type == DEFERRED_UPDATE:
            record.original_id = record.message_id
        elif type == LAUNCH_ACTIVITY:
            place = (record.application_id, record.channel_id, record.user_id)
            instance = self._world.activities.launch(*place)
            return {"type": type, "activity_instance": {"id": instance["instance_id"]}}
        return None

    def _send(
        self, record: InteractionRecord, message: dict[str, Any], type: int | None = None
    ) -> dict[str, Any]:
        flags = int(message.pop("flags", None) or 0)
        if type is None and record.type == COMMAND:
            type = 20 if record.data.get("type", 1) == 1 else 23
        extra: dict[str, Any] = {"interaction_metadata": self._metadata(record)}
        if record.type == COMMAND:
            extra["interaction"] = {
                "id": record.id,
                "type": record.type,
                "name": _whole_name(record.data),
                "user": self._world.users.get(record.user_id),
            }
        return self._world.messages.create(
            record.channel_id,
            record.application_id,
            flags=flags,
            type=type or 0,
            ephemeral_for=record.user_id if flags & EPHEMERAL else None,
            application_id=record.application_id,
            extra={"webhook_id": record.application_id, **extra},
            **message,
        )

    def _metadata(self, record: InteractionRecord) -> dict[str, Any]:
        metadata: dict[str, Any] = {
            "id": record.id,
            "type": record.type,
            "user": self._world.users.get(record.user_id),
            "authorizing_integration_owners": self._owners(record),
        }
        if record.type == COMMAND:
            metadata["name"] = _whole_name(record.data)
            if record.data.get("type") == 2:
                metadata["target_user"] = self._world.users.get(record.data["target_id"])
            elif record.data.get("type") == 3:
                metadata["target_message_id"] = record.data["target_id"]
        elif record.type == COMPONENT:
            metadata["interacted_message_id"] = record.message_id
        elif record.type == MODAL_SUBMIT and record.triggered_by is not None:
            metadata["triggering_interaction_metadata"] = self._metadata(record.triggered_by)
        return metadata

    def _owners(self, record: InteractionRecord) -> dict[str, str]:
        return {"0": record.guild_id if record.guild_id is not None else "0"}

    def _callback_response(
        self, record: InteractionRecord, resource: dict[str, Any] | None
    ) -> dict[str, Any]:
        interaction: dict[str, Any] = {"id": record.id, "type": record.type}
        if record.original_id is not None:
            message = self._world.messages.state(record.channel_id, record.original_id)
            flags = message.data["flags"]
            interaction.update(
                response_message_id=record.original_id,
                response_message_loading=bool(flags & LOADING),
                response_message_ephemeral=bool(flags & EPHEMERAL),
            )
        answer: dict[str, Any] = {"interaction": interaction}
        if resource is not None:
            answer["resource"] = resource
            if "activity_instance" in resource:
                interaction["activity_instance_id"] = resource["activity_instance"]["id"]
        return answer

    def _original_id(self, record: InteractionRecord) -> str:
        if record.original_id is None:
            raise unknown("message" if record.answer is not None else "webhook")
        return record.original_id

    def _own(self, record: InteractionRecord, message_id: str) -> None:
        if message_id not in (record.original_id, *record.follow_up_ids):
            raise unknown("message")


def _with_options(data: dict[str, Any]) -> dict[str, Any]:
    """Give a subcommand that has no options an empty list, as Discord does; a command has none."""
    for option in data.get("options") or ():
        if isinstance(option, dict) and option.get("type") in (_SUBCOMMAND, _SUBCOMMAND_GROUP):
            option.setdefault("options", [])
            _with_options(option)
    return data


def _whole_name(data: dict[str, Any]) -> str:
    """Return the name of a command that was used, with its groups and subcommands."""
    names = [str(data["name"])]
    options = data.get("options") or []
    while options and options[0]["type"] in (_SUBCOMMAND, _SUBCOMMAND_GROUP):
        names.append(options[0]["name"])
        options = options[0].get("options") or []
    return " ".join(names)
