"""Groups of prefix commands by their other names, and those that the help leaves out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from disruption import (
    Client,
    CommandDefinitionError,
    Context,
    Plugin,
    command,
    group,
    help_pages,
)
from disruption.commands.prefix.matching import find_command
from disruption.testing import Discord


class Shop(Plugin):
    items: Any = group("items", description="What there is", aliases=["i", "wares"])

    @items.command(description="Sell one", prefix=True, aliases=["s"])
    def sell(self, ctx: Context, what: str = "bread") -> None:
        ctx.respond(f"{self.name} sold {what}")


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url, prefix="!")
    client.add_plugin(Shop())

    @client.group("secret", description="Nobody knows", hidden=True, aliases=["x"])
    class Secret:
        @command(description="Open it", prefix=True)
        def door(self, ctx: Context) -> None:
            ctx.respond("open")

        @command(description="Not even those in it", prefix=True, hidden=True)
        def cellar(self, ctx: Context) -> None: ...

    music = client.group("music", description="Music", aliases=["m"])
    queue = music.group("queue", description="What comes", aliases=["q"])

    @queue.command(description="One more", prefix=True, aliases=["a"])
    def add(ctx: Context, *, title: str) -> None:
        ctx.respond(f"next: {title}")

    @client.command(description="Help", prefix=False)
    def about(ctx: Context, name: str = "") -> None:
        ctx.respond(help_pages(ctx, name)[0])

    return client


def said(discord: Discord, text: str) -> str:
    channel = discord.channel()
    discord.user("ann").say(text)
    return str(channel.expect(author="bot").content)


@pytest.mark.bot(factory=make)
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("!items sell cake", "Shop sold cake"),
        ("!i s cake", "Shop sold cake"),
        ("!wares sell", "Shop sold bread"),
        ("!x door", "open"),
        ("!m q a  Song 2", "next: Song 2"),
        ("!m queue add Song 2", "next: Song 2"),
        ("!x", "`!secret` needs one of `door` after it."),
        ("!i", "`!items` needs one of `sell` after it."),
    ],
)
def test_groups_have_other_names(bot: Client, discord: Discord, text: str, answer: str) -> None:
    assert said(discord, text) == answer


@pytest.mark.bot(factory=make)
def test_the_help_knows_the_names_and_leaves_out_what_is_hidden(
    bot: Client, discord: Discord
) -> None:
    listed = said(discord, "!help")
    assert "items sell" in listed
    assert "music queue add" in listed
    assert "secret" not in listed
    assert said(discord, "!help secret") == "There is no command `secret`."
    assert said(discord, "!help x door") == "There is no command `x door`."
    assert "Also: `i`, `wares`" in said(discord, "!help wares")
    assert said(discord, "!help i s").startswith("`!items sell [what]`")
    assert said(discord, "!help m q").startswith("`!music queue add <title…>` One more")


@pytest.mark.bot(factory=make)
def test_slash_commands_have_no_other_names(bot: Client, discord: Discord) -> None:
    shown = discord.user("ann").slash("about", name="items").expect(re.compile("items"))
    assert "items sell" in shown.content
    assert "wares" not in shown.content


def test_the_other_names_go_with_the_group() -> None:
    client = Client(token="a.b.c")
    shop = Shop()
    client.add_plugin(shop)
    assert set(client.commands.prefix_commands) == {"items", "i", "wares"}
    client.remove_plugin(shop)
    assert client.commands.prefix_commands == {}
    client.add_plugin(shop)
    found = find_command("i s", client.commands.prefix_commands)
    assert found is not None
    assert found.item.qualified_name == "items sell"


def test_a_name_that_is_taken_is_refused() -> None:
    client = Client(token="a.b.c")

    @client.command(prefix=True, slash=False, aliases=["n"])
    def note(ctx: Context) -> None: ...

    with pytest.raises(CommandDefinitionError, match="prefix command 'n' already"):

        @client.group("news", description="x", aliases=["n"]).command(prefix=True)
        def show(ctx: Context) -> None: ...

    class Clashing(Plugin):
        numbers: Any = group("numbers", description="x", aliases=["n"])

        @numbers.command(prefix=True, description="x")
        def one(self, ctx: Context) -> None: ...

    with pytest.raises(CommandDefinitionError, match="prefix command 'n' already"):
        client.add_plugin(Clashing())


def test_names_inside_a_group_are_not_taken_twice() -> None:
    client = Client(token="a.b.c")
    outer = client.group("outer", description="x")

    @outer.command(prefix=True, aliases=["b"])
    def a(ctx: Context) -> None: ...

    with pytest.raises(CommandDefinitionError, match="'outer' has a 'b' already"):

        @outer.command("b")
        def other(ctx: Context) -> None: ...

    with pytest.raises(CommandDefinitionError, match="'outer' has a 'a' already"):
        outer.group("inner", description="x", aliases=["a"])


@pytest.mark.parametrize(
    ("aliases", "match"), [("n", r"write a list, \['n'\]"), (["a b"], "must be one word")]
)
def test_what_can_be_no_other_name(aliases: Any, match: str) -> None:
    with pytest.raises(CommandDefinitionError, match=match):
        Client(token="a.b.c").group("note", aliases=aliases)
    with pytest.raises(CommandDefinitionError, match=match):
        group("note", aliases=aliases)
