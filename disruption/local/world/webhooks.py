"""Webhooks of channels.

See https://discord.com/developers/docs/resources/webhook
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

from .channels import ANNOUNCEMENT, TEXT
from .errors import WorldError, unknown

if TYPE_CHECKING:
    from .world import World

__all__ = ["Webhooks"]

_LETTERS = string.ascii_letters + string.digits + "_-"


class Webhooks:
    """Every incoming webhook; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._webhooks: dict[str, dict[str, Any]] = {}

    def create(
        self, channel_id: str, name: str, creator_id: str, *, avatar: str | None = None
    ) -> dict[str, Any]:
        """Make an incoming webhook."""
        with self._world.lock:
            channel = self._world.channels.state(channel_id)
            if channel.get("guild_id") is None:
                raise WorldError(400, 50024, "Cannot execute action on this channel type")
            webhook_id = self._new(channel_id, name, creator_id, 1, avatar)
            made = self.get(webhook_id)
            after = _audited(made)
            self._world.audit.record(channel["guild_id"], "WEBHOOK_CREATE", webhook_id, after=after)
            return made

    def follow(self, source_id: str, target_id: str, user_id: str) -> dict[str, Any]:
        """Let what is published in an announcement channel appear in another channel too."""
        with self._world.lock:
            source = self._world.channels.state(source_id)
            target = self._world.channels.state(target_id)
            if source["type"] != ANNOUNCEMENT or target["type"] not in (TEXT, ANNOUNCEMENT):
                raise WorldError(400, 50024, "Cannot execute action on this channel type")
            guild = self._world.guilds.state(source["guild_id"]).data
            name = f"{guild['name']} #{source['name']}"
            webhook_id = self._new(target_id, name, user_id, 2, guild["icon"])
            self._webhooks[webhook_id]["_source_id"] = source_id
            reference = {"type": 0, "channel_id": source_id, "guild_id": source["guild_id"]}
            self._world.messages.create(
                target_id, user_id, name, type=12, extra={"message_reference": reference}
            )
            return {"channel_id": source_id, "webhook_id": webhook_id}

    def deliver(self, message: dict[str, Any]) -> None:
        """Carry a message that was published into the channels that follow its own."""
        with self._world.lock:
            followers = [
                webhook
                for webhook in self._webhooks.values()
                if webhook.get("_source_id") == message["channel_id"]
            ]
            for webhook in followers:
                self._world.messages.create(
                    webhook["channel_id"],
                    webhook["id"],
                    message["content"],
                    embeds=message["embeds"],
                    attachments=message["attachments"],
                    components=message["components"],
                    flags=1 << 1,
                    webhook_author=self.author(webhook["id"]),
                    extra={
                        "message_reference": {
                            "type": 0,
                            "channel_id": message["channel_id"],
                            "message_id": message["id"],
                            "guild_id": self._world.channels.state(message["channel_id"])[
                                "guild_id"
                            ],
                        }
                    },
                )

    def get(self, webhook_id: str, token: str | None = None) -> dict[str, Any]:
        """Return a webhook; asked with its token, without who made it.

        Raises:
            WorldError: 10015 when there is none, 50027 when the token is not its token.
        """
        with self._world.lock:
            webhook = self._webhooks.get(webhook_id)
            if webhook is None:
                raise unknown("webhook")
            if token is not None and token != webhook.get("token"):
                raise WorldError(401, 50027, "Invalid Webhook Token")
            data = {key: value for key, value in webhook.items() if key[0] != "_"}
            if token is None:
                data["user"] = self._world.users.get(webhook["_creator_id"])
            source_id = webhook.get("_source_id")
            if source_id is not None and self._world.channels.exists(source_id):
                source = self._world.channels.state(source_id)
                guild = self._world.guilds.state(source["guild_id"]).data
                data["source_channel"] = {"id": source_id, "name": source["name"]}
                data["source_guild"] = {key: guild[key] for key in ("id", "name", "icon")}
            return data

    def exists(self, webhook_id: str) -> bool:
        """Tell whether there is such a webhook."""
        with self._world.lock:
            return webhook_id in self._webhooks

    def of_channel(self, channel_id: str) -> list[dict[str, Any]]:
        """Return the webhooks of a channel."""
        with self._world.lock:
            self._world.channels.state(channel_id)
            return self._where("channel_id", channel_id)

    def of_guild(self, guild_id: str) -> list[dict[str, Any]]:
        """Return the webhooks of a guild."""
        with self._world.lock:
            self._world.guilds.state(guild_id)
            return self._where("guild_id", guild_id)

    def update(self, webhook_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change name, avatar or channel."""
        with self._world.lock:
            audited = _audited(self.get(webhook_id))
            webhook = self._webhooks[webhook_id]
            before = webhook["channel_id"]
            channel_id = changes.get("channel_id") or before
            if self._world.channels.state(channel_id).get("guild_id") != webhook["guild_id"]:
                raise unknown("channel")
            webhook["channel_id"] = channel_id
            if changes.get("name") is not None:
                webhook["name"] = changes["name"]
            if "avatar" in changes:
                webhook["avatar"] = changes["avatar"]
            for key in dict.fromkeys((before, channel_id)):
                self._announce(webhook["guild_id"], key)
            self._world.audit.record(
                webhook["guild_id"],
                "WEBHOOK_UPDATE",
                webhook_id,
                before=audited,
                after=_audited(webhook),
            )
            return self.get(webhook_id)

    def delete(self, webhook_id: str) -> None:
        """Delete a webhook."""
        with self._world.lock:
            webhook = self.get(webhook_id)
            del self._webhooks[webhook_id]
            guild_id = webhook["guild_id"]
            self._announce(guild_id, webhook["channel_id"])
            before = _audited(webhook)
            self._world.audit.record(guild_id, "WEBHOOK_DELETE", webhook_id, before=before)

    def forget(self, channel_id: str) -> None:
        """Drop the webhooks of a channel without telling anyone."""
        for webhook in self._where("channel_id", channel_id):
            del self._webhooks[webhook["id"]]

    def author(
        self, webhook_id: str, username: str | None = None, avatar: str | None = None
    ) -> dict[str, Any]:
        """Return the user that a webhook's message shows as its author."""
        with self._world.lock:
            webhook = self.get(webhook_id)
            return {
                "id": webhook_id,
                "username": username or webhook["name"] or "",
                "discriminator": "0000",
                "global_name": None,
                "avatar": avatar or webhook["avatar"],
                "public_flags": 0,
                "flags": 0,
                "primary_guild": None,
                "bot": True,
            }

    def _new(
        self, channel_id: str, name: str, creator_id: str, kind: int, avatar: str | None
    ) -> str:
        guild_id = self._world.channels.state(channel_id)["guild_id"]
        webhook_id = self._world.ids.next()
        own = self._world.applications.of_user(creator_id)
        webhook = self._webhooks[webhook_id] = {
            "id": webhook_id,
            "type": kind,
            "guild_id": guild_id,
            "channel_id": channel_id,
            "name": name,
            "avatar": avatar,
            "application_id": own if kind == 1 else None,
            "_creator_id": creator_id,
        }
        if kind == 1:
            webhook["token"] = "".join(self._world.random.choice(_LETTERS) for _ in range(68))
        self._announce(guild_id, channel_id)
        return webhook_id

    def _where(self, key: str, value: str) -> list[dict[str, Any]]:
        return [self.get(item) for item, webhook in self._webhooks.items() if webhook[key] == value]

    def _announce(self, guild_id: str, channel_id: str) -> None:
        data = {"guild_id": guild_id, "channel_id": channel_id}
        self._world.announce("WEBHOOKS_UPDATE", data, guild_id=guild_id, channel_id=channel_id)


def _audited(webhook: dict[str, Any]) -> dict[str, Any]:
    return {key: webhook[key] for key in ("name", "type", "channel_id", "avatar")}
