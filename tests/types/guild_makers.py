"""A small guild, its people and channels, made from what Discord would send."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from disruption.types import Channel, GuildMember, PartialGuild, Role, convert

GUILD, OWNER, ANN = 100, 1, 2


def role(number: int, permissions: int, position: int = 1, **more: Any) -> Role:
    plain = {
        "id": str(number), "name": f"r{number}", "color": 0, "colors": {"primary_color": 0},
        "hoist": False, "position": position, "permissions": str(int(permissions)),
        "managed": False, "mentionable": False, "flags": 0, **more,
    }  # fmt: skip
    plain["colors"] = {"secondary_color": None, "tertiary_color": None, **plain["colors"]}
    return convert(Role, plain, strict=True)


def guild(*roles: Role, everyone: int = 0) -> PartialGuild:
    return PartialGuild(id=GUILD, owner_id=OWNER, roles=[role(GUILD, everyone, 0), *roles])


def member(number: int = ANN, *roles: int, until: datetime | None = None) -> GuildMember:
    return convert(
        GuildMember,
        {
            "user": {"id": str(number), "username": "ann", "discriminator": "0",
                     "global_name": None, "avatar": None},
            "roles": [str(single) for single in roles], "joined_at": None, "deaf": False,
            "mute": False, "flags": 0,
            "communication_disabled_until": until.isoformat() if until else None,
        },
    )  # fmt: skip


def channel(*overwrites: tuple[int, int, int], kind: int = 0, **more: Any) -> Channel:
    listed = [
        {"id": str(who), "type": 0, "allow": str(int(allow)), "deny": str(int(deny))}
        for who, allow, deny in overwrites
    ]
    return convert(Channel, {"id": "7", "type": int(kind), "permission_overwrites": listed, **more})
