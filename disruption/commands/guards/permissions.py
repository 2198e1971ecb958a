"""What permissions a command takes, of the user and of the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import InvalidArgument
from ...types import Permissions
from ..errors import BotMissingPermissions, GuildOnly, MissingPermissions
from ..texts import texts
from .guard import GuardDecorator

if TYPE_CHECKING:
    from ..context import Context

__all__ = ["BotRequires", "Requires", "bot_requires", "requires"]


class Requires:
    """Refuses users who lack permissions in the channel; nobody has any in direct messages.

    Attributes:
        permissions: Those that it takes.
    """

    def __init__(self, permissions: Permissions) -> None:
        self.permissions = permissions

    def check(self, ctx: Context) -> None:
        if ctx.guild_id is None:
            raise GuildOnly(texts().guild_only(ctx))
        missing = ctx.permissions.missing(self.permissions)
        if missing:
            raise MissingPermissions(texts().missing_permissions(ctx, missing), missing)

    def __repr__(self) -> str:
        return f"requires({self.permissions})"


class BotRequires:
    """Refuses where the bot itself lacks permissions in the channel.

    Attributes:
        permissions: Those that it takes.
    """

    def __init__(self, permissions: Permissions) -> None:
        self.permissions = permissions

    def check(self, ctx: Context) -> None:
        missing = ctx.app_permissions.missing(self.permissions)
        if missing:
            raise BotMissingPermissions(texts().bot_missing_permissions(ctx, missing), missing)

    def __repr__(self) -> str:
        return f"bot_requires({self.permissions})"


def requires(*permissions: Permissions) -> GuardDecorator:
    """Let only users with all these permissions in the channel use it.

    It is checked by the bot, whatever the server's administrators set in Discord's own command
    settings; `default_member_permissions` of the command is what they begin with there.

    ```python
    @client.command()
    @requires(Permissions.BAN_MEMBERS)
    def ban(ctx: Context, who: Member) -> None: ...
    ```

    Raises:
        InvalidArgument: None is given, or something else.
    """
    wanted = _sum("requires", permissions)
    return GuardDecorator(lambda: Requires(wanted))


def bot_requires(*permissions: Permissions) -> GuardDecorator:
    """Refuse, with a helpful text, where the bot lacks one of these permissions.

    Raises:
        InvalidArgument: None is given, or something else.
    """
    wanted = _sum("bot_requires", permissions)
    return GuardDecorator(lambda: BotRequires(wanted))


def _sum(name: str, permissions: tuple[Permissions, ...]) -> Permissions:
    total = 0
    for one in permissions:
        if isinstance(one, bool) or not isinstance(one, int):
            raise InvalidArgument(
                f"{name} takes permissions, such as Permissions.BAN_MEMBERS, not {one!r:.60}"
            )
        total |= int(one)
    if not total:
        raise InvalidArgument(f"{name} takes at least one permission, as Permissions.BAN_MEMBERS")
    return Permissions(total)
