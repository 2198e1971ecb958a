"""Invites into guilds.

See https://discord.com/developers/docs/resources/invite
"""

from __future__ import annotations

import builtins
import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..clock import iso
from .channels import CATEGORY, DM, GROUP_DM, THREADS
from .errors import WorldError, unknown
from .permissions import BITS

if TYPE_CHECKING:
    from .world import World

__all__ = ["MOST_INVITES", "Invite", "Invites"]

#: Invites of one guild.
MOST_INVITES = 1000

#: Seconds an invite lives unless another age is asked for.
DEFAULT_AGE = 86400

_LETTERS = string.ascii_letters + string.digits
_GUILD_FIELDS = (
    *("id", "name", "splash", "banner", "description", "icon", "features", "verification_level"),
    *("vanity_url_code", "nsfw_level", "nsfw", "premium_subscription_count"),
)
_ROLE_FIELDS = ("id", "name", "position", "color", "colors", "icon", "unicode_emoji")


@dataclass
class Invite:
    """One invite's live record."""

    code: str
    guild_id: str
    channel_id: str
    inviter_id: str | None
    made_at: float
    max_age: int
    max_uses: int
    temporary: bool
    uses: int = 0
    target_type: int | None = None
    target_user_id: str | None = None
    target_application_id: str | None = None
    role_ids: list[str] = field(default_factory=list)
    flags: int = 0
    #: The only users who may use it; None for everyone.
    target_ids: list[str] | None = None

    @property
    def expires_at(self) -> float | None:
        """When it ends, in seconds since 1970; None for never."""
        return self.made_at + self.max_age if self.max_age else None


class Invites:
    """Every invite; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._invites: dict[str, Invite] = {}

    def create(
        self,
        channel_id: str,
        inviter_id: str | None,
        *,
        max_age: int = DEFAULT_AGE,
        max_uses: int = 0,
        temporary: bool = False,
        unique: bool = False,
        code: str | None = None,
        target_ids: Iterable[str] | None = None,
        **target: Any,
    ) -> dict[str, Any]:
        """Make an invite into the guild of a channel.

        Args:
            channel_id: Where it leads.
            inviter_id: Who invites.
            max_age: Seconds it lives; 0 is for ever.
            max_uses: How often it can be used; 0 is without limit.
            temporary: Whether those who come by it are meant to stay only while online.
            unique: False returns an invite like it where there is one.
            code: Its code; None makes one.
            target_ids: The only users who may use it.
            target: Other fields of `Invite`.
        """
        with self._world.lock:
            channel = self._world.channels.state(channel_id)
            if channel["type"] in (DM, GROUP_DM, CATEGORY, *THREADS):
                raise WorldError(400, 50024, "Cannot execute action on this channel type")
            guild_id: str = channel["guild_id"]
            wanted = Invite(
                code or "".join(self._world.random.choice(_LETTERS) for _ in range(8)),
                guild_id,
                channel_id,
                inviter_id,
                self._world.clock.now(),
                max_age,
                max_uses,
                temporary,
                target_ids=None if target_ids is None else list(target_ids),
                **target,
            )
            if not unique and code is None:
                for invite in self._where(guild_id):
                    if _alike(invite, wanted):
                        return self.get(invite.code, with_metadata=True)
            if wanted.code in self._invites:
                raise WorldError(400, 50020, "Invite code is either invalid or taken.")
            if len(self._where(guild_id)) >= MOST_INVITES:
                raise WorldError(400, 30016, f"Maximum number of invites reached ({MOST_INVITES})")
            self._invites[wanted.code] = wanted
            self.set_alarm(wanted)
            self._announce_create(wanted)
            after = self._audited(wanted)
            self._world.audit.record(guild_id, "INVITE_CREATE", None, after=after)
            return self.get(wanted.code, with_metadata=True)

    def state(self, code: str) -> Invite:
        """Return the live record; for the world's own use, under the lock."""
        invite = self._invites.get(code)
        if invite is None:
            raise unknown("invite")
        return invite

    def get(
        self, code: str, *, with_counts: bool = False, with_metadata: bool = False
    ) -> dict[str, Any]:
        """Return an invite, with the numbers only its guild sees if asked for."""
        with self._world.lock:
            invite = self.state(code)
            guild = self._world.guilds.get(invite.guild_id, with_counts=True)
            channel = self._world.channels.state(invite.channel_id)
            data: dict[str, Any] = {
                "type": 0,
                "code": invite.code,
                "expires_at": _when(invite.expires_at),
                "flags": invite.flags,
                "guild": {key: guild[key] for key in _GUILD_FIELDS},
                "guild_id": invite.guild_id,
                "channel": {key: channel[key] for key in ("id", "type", "name")},
            }
            if invite.inviter_id is not None:
                data["inviter"] = self._world.users.get(invite.inviter_id)
            data.update(self._target(invite))
            roles = self._world.guilds.state(invite.guild_id).roles
            if invite.role_ids:
                data["roles"] = [
                    {key: roles[role_id][key] for key in _ROLE_FIELDS}
                    for role_id in invite.role_ids
                    if role_id in roles
                ]
            if with_counts:
                for key in ("approximate_member_count", "approximate_presence_count"):
                    data[key] = guild[key]
            if with_metadata:
                data.update(self._metadata(invite))
            return data

    def of_channel(self, channel_id: str) -> list[dict[str, Any]]:
        """Return the invites of a channel."""
        with self._world.lock:
            self._world.channels.state(channel_id)
            return [
                self.get(invite.code, with_metadata=True)
                for invite in self._invites.values()
                if invite.channel_id == channel_id
            ]

    def of_guild(self, guild_id: str) -> list[dict[str, Any]]:
        """Return the invites of a guild."""
        with self._world.lock:
            self._world.guilds.state(guild_id)
            return [self.get(invite.code, with_metadata=True) for invite in self._where(guild_id)]

    def use(self, code: str, user_id: str) -> dict[str, Any]:
        """Let a user join a guild by an invite, which ends with its last use.

        Raises:
            WorldError: 10006 for an unknown code or one that is not for them, 40007 when banned.
        """
        with self._world.lock:
            invite = self.state(code)
            if invite.target_ids is not None and user_id not in invite.target_ids:
                raise unknown("invite")
            guild = self._world.guilds.state(invite.guild_id)
            if user_id not in guild.members:
                self._refuse_closed(invite.guild_id)
                self._world.members.add(invite.guild_id, user_id, roles=invite.role_ids)
                invite.uses += 1
            answer = self.get(code)
            if invite.max_uses and invite.uses >= invite.max_uses:
                self._remove(code)
            return answer

    def delete(self, code: str) -> dict[str, Any]:
        """Delete an invite, and return it."""
        with self._world.lock:
            invite = self.state(code)
            data = self.get(code)
            before = self._audited(invite)
            self._remove(code)
            self._world.audit.record(invite.guild_id, "INVITE_DELETE", None, before=before)
            return data

    def targets(self, code: str) -> list[str]:
        """Return the only users who may use an invite.

        Raises:
            WorldError: 10129 when everyone may.
        """
        with self._world.lock:
            ids = self.state(code).target_ids
            if ids is None:
                raise unknown("target users")
            return list(ids)

    def set_targets(self, code: str, user_ids: Iterable[str]) -> None:
        """Say who the only users are that may use an invite."""
        with self._world.lock:
            self.state(code).target_ids = list(user_ids)

    def forget(self, channel_id: str) -> None:
        """Drop the invites of a channel without telling anyone."""
        for code in [key for key, item in self._invites.items() if item.channel_id == channel_id]:
            del self._invites[code]

    def set_alarm(self, invite: Invite) -> None:
        """Let an invite run out in its time; nobody is told, as on Discord."""
        if invite.expires_at is not None:
            self._world.schedule.at(invite.expires_at, self._expiry(invite))

    def restore(self) -> None:
        """Set the alarms of a world that was loaded."""
        for invite in self._invites.values():
            self.set_alarm(invite)

    def _expiry(self, invite: Invite) -> Callable[[], None]:
        def expire() -> None:
            if self._invites.get(invite.code) is invite:
                del self._invites[invite.code]

        return expire

    def _refuse_closed(self, guild_id: str) -> None:
        data = self._world.guilds.state(guild_id).data
        if "INVITES_DISABLED" in data["features"] or self._world.guilds.incident(
            guild_id, "invites_disabled_until"
        ):
            raise WorldError(403, 40004, "Invites are paused in this guild")

    def _remove(self, code: str) -> None:
        invite = self._invites.pop(code)
        data = {"code": code, "channel_id": invite.channel_id, "guild_id": invite.guild_id}
        self._announce("INVITE_DELETE", invite, data)

    def _announce_create(self, invite: Invite) -> None:
        data: dict[str, Any] = {
            "code": invite.code,
            "channel_id": invite.channel_id,
            "guild_id": invite.guild_id,
            "type": 0,
            "expires_at": _when(invite.expires_at),
            **self._metadata(invite),
            **self._target(invite),
        }
        if invite.inviter_id is not None:
            data["inviter"] = self._world.users.get(invite.inviter_id)
        if invite.role_ids:
            data["role_ids"] = list(invite.role_ids)
        self._announce("INVITE_CREATE", invite, data)

    def _announce(self, name: str, invite: Invite, data: dict[str, Any]) -> None:
        self._world.announce(
            name,
            data,
            guild_id=invite.guild_id,
            channel_id=invite.channel_id,
            needed=BITS["MANAGE_CHANNELS"],
        )

    def _target(self, invite: Invite) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if invite.target_type is not None:
            data["target_type"] = invite.target_type
        if invite.target_user_id is not None:
            data["target_user"] = self._world.users.get(invite.target_user_id)
        if invite.target_application_id is not None:
            application = self._world.applications.get(invite.target_application_id)
            shown = ("id", "name", "icon", "description", "type", "verify_key", "flags")
            data["target_application"] = {key: application[key] for key in (*shown, "flags_new")}
        return data

    @staticmethod
    def _metadata(invite: Invite) -> dict[str, Any]:
        return {
            "uses": invite.uses,
            "max_uses": invite.max_uses,
            "max_age": invite.max_age,
            "temporary": invite.temporary,
            "created_at": iso(invite.made_at),
        }

    @staticmethod
    def _audited(invite: Invite) -> dict[str, Any]:
        shown = ("code", "channel_id", "inviter_id", "max_uses", "uses", "max_age", "temporary")
        return {key: getattr(invite, key) for key in shown}

    def _where(self, guild_id: str) -> builtins.list[Invite]:
        return [invite for invite in self._invites.values() if invite.guild_id == guild_id]


def _when(seconds: float | None) -> str | None:
    return None if seconds is None else iso(seconds)


def _alike(invite: Invite, wanted: Invite) -> bool:
    """Tell whether an invite does what is wanted of a new one, which then is not made."""
    compared = (
        *("channel_id", "inviter_id", "max_age", "max_uses", "temporary", "target_type"),
        *("target_user_id", "target_application_id", "role_ids", "target_ids"),
    )
    return all(getattr(invite, key) == getattr(wanted, key) for key in compared)
