"""For whom a cooldown or a limit counts: ``by=``."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from ...client.methods import check_function
from ...errors import InvalidArgument
from .guild_roles import roles_of_guild

if TYPE_CHECKING:
    from ..context import Context

__all__ = ["ByName", "key_function", "key_name"]

ByName: TypeAlias = Literal["user", "member", "channel", "guild", "role", "global"]


def _user(ctx: Context) -> Hashable:
    return ctx.author.id


def _member(ctx: Context) -> Hashable:
    return (ctx.guild_id, ctx.author.id)


def _channel(ctx: Context) -> Hashable:
    return ctx.channel_id


def _guild(ctx: Context) -> Hashable:
    return ctx.guild_id or ctx.author.id


def _role(ctx: Context) -> Hashable:
    member, guild_id = ctx.member, ctx.guild_id
    if guild_id is None or member is None:
        return ctx.author.id
    mine = set(member.roles)
    if not mine:
        return guild_id  # @everyone
    ranked = [role for role in roles_of_guild(ctx.client, guild_id) if role.id in mine]
    return max(ranked, key=lambda role: role.rank).id if ranked else guild_id


def _global(ctx: Context) -> Hashable:
    return "global"


_FUNCTIONS: Final[dict[str, Callable[[Context], Hashable]]] = {
    "user": _user,
    "member": _member,
    "channel": _channel,
    "guild": _guild,
    "role": _role,
    "global": _global,
}


def key_name(by: object) -> str:
    """Return what a ``by`` is called: its name, or that of the function."""
    return by if isinstance(by, str) else str(getattr(by, "__name__", "function"))


def key_function(by: object) -> Callable[[Context], Hashable]:
    """Return the function that gives what is counted together.

    Args:
        by: A name; in direct messages ``guild`` and ``role`` count by user, and ``role`` means
            the member's highest role. Or a function of the context, whose None means that
            nothing is counted this time.

    Raises:
        InvalidArgument: It is neither.
        InvalidHandler: It is an ``async def``.
    """
    if isinstance(by, str) and by in _FUNCTIONS:
        return _FUNCTIONS[by]
    if not callable(by):
        names = ", ".join(map(repr, _FUNCTIONS))
        raise InvalidArgument(f"by is one of {names} or a function of the context, not {by!r:.60}")
    check_function(by)
    return by
