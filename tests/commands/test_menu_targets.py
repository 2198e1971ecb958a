"""What the functions of menus are given, by their annotation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import pytest

from disruption import (
    Client,
    CommandDefinitionError,
    GuildMember,
    Message,
    MessageContext,
    User,
    UserContext,
)
from disruption import GuildMember as Somebody
from disruption.testing import Discord

if TYPE_CHECKING:
    from disruption import Member

Chosen = Annotated[GuildMember, "a member"]


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)

    @client.user_command("Plain")
    def plain(ctx: UserContext, user: User) -> None:
        ctx.respond(type(user).__name__)

    @client.user_command("Untyped")
    def untyped(ctx, user):  # type: ignore[no-untyped-def]
        ctx.respond(type(user).__name__)

    @client.user_command("Renamed")
    def renamed(ctx: UserContext, user: Somebody) -> None:
        ctx.respond(type(user).__name__)

    @client.user_command("Alias")
    def alias(ctx: UserContext, user: Chosen) -> None:
        ctx.respond(type(user).__name__)

    @client.user_command("For the type checker")
    def checked(ctx: UserContext, user: Member) -> None:
        ctx.respond(type(user).__name__)

    @client.user_command("Either")
    def either(ctx: UserContext, user: User | GuildMember) -> None:
        ctx.respond(type(user).__name__)

    @client.user_command("Perhaps")
    def perhaps(ctx: UserContext, user: GuildMember | None) -> None:
        ctx.respond(type(user).__name__)

    return client


@pytest.mark.bot(factory=make)
def test_members_where_they_are_asked_for(bot: Client, discord: Discord) -> None:
    ann, bob, gone = discord.user("ann"), discord.user("bob"), discord.user("gone")
    gone.leave()
    for name, here, elsewhere in (
        ("Plain", "User", "User"),
        ("Untyped", "User", "User"),
        ("Renamed", "GuildMember", f"{gone.mention} is not a member of this server."),
        ("Alias", "GuildMember", f"{gone.mention} is not a member of this server."),
        ("For the type checker", "GuildMember", f"{gone.mention} is not a member of this server."),
        ("Either", "GuildMember", "User"),
        ("Perhaps", "GuildMember", "NoneType"),
    ):
        ann.use_on(bob, name).expect(here)
        ann.use_on(gone, name).expect(elsewhere)


def _a_message(ctx: UserContext, user: Message) -> None: ...


def _a_number(ctx: UserContext, user: int) -> None: ...


def _by_name(ctx: UserContext, *, user: User) -> None: ...


def _two(ctx: UserContext, user: User, more: str) -> None: ...


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (_a_message, "annotated Message: write User or GuildMember"),
        (_a_number, "annotated int"),
        (_by_name, r"\(ctx, user\)"),
        (_two, r"\(ctx, user\)"),
    ],
)
def test_what_is_no_user(function: Callable[..., Any], text: str) -> None:
    with pytest.raises(CommandDefinitionError, match=text) as caught:
        Client(token="a.b.c").user_command("x")(function)
    assert f"{__file__}:{function.__code__.co_firstlineno}" in str(caught.value)


def test_what_is_no_message() -> None:
    with pytest.raises(CommandDefinitionError, match="annotated User: write Message"):

        @Client(token="a.b.c").message_command("x")  # type: ignore[arg-type]  # what mypy says too
        def quote(ctx: MessageContext, message: User) -> None: ...
