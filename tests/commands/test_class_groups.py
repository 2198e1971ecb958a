"""Groups that are classes: inheritance, groups in their bodies, and what is done with errors."""

from __future__ import annotations

from typing import Any

import pytest

from disruption import (
    Client,
    CommandDefinitionError,
    Context,
    Plugin,
    Snowflake,
    UserError,
    command,
    group,
)
from disruption.testing import Discord


class Somewhere(Context):
    channel_id: Snowflake | None = None
    guild_id = None


class Common:
    """What several groups have."""

    def __init__(self) -> None:
        self.greeting = "hello from"

    @command(description="Say hello")
    def hello(self, ctx: Context) -> None:
        ctx.respond(f"{self.greeting} {type(self).__name__}")


class Shop(Plugin):
    items: Any = group("items", description="What there is")

    @items.command(description="Sell one")
    def sell(self, ctx: Context) -> None:
        raise LookupError("none left")

    @items.error
    def failed(self, ctx: Context, error: Exception) -> None:
        ctx.respond(f"{self.name}: {error}")


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)
    client.add_plugin(Shop())

    @client.group("one", description="The first")
    class One(Common):
        inner: Any = group("inner", description="In it")

        @inner.command(description="A number")
        def number(self, ctx: Context, n: int) -> None:
            ctx.respond(f"{self.greeting} {n}")

    @client.group("two", description="The second")
    class Two(Common):
        def __init__(self) -> None:
            self.greeting = "good day from"

    return client


@pytest.mark.bot(factory=make)
def test_classes_of_groups_are_classes(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    ann.slash("one hello").expect("hello from One")
    ann.slash("two hello").expect("good day from Two")
    ann.slash("one inner number", n=5).expect("hello from 5")
    ann.slash("items sell").expect("Shop: none left")


def test_where_something_is_used_is_known() -> None:
    client = Client(token="a.b.c")
    anywhere, nowhere = Somewhere(client), Somewhere(client)
    anywhere.channel_id = Snowflake(5)
    assert anywhere.require_channel().id == 5
    with pytest.raises(UserError, match="You cannot do that here"):
        nowhere.require_channel()


def test_what_a_group_in_a_class_holds_is_in_it_alone() -> None:
    client = make("a.b.c", "http://127.0.0.1:1")
    assert sorted(one["name"] for one in map(client.commands.payload_of, client.commands)) == [
        "items",
        "one",
        "two",
    ]
    one = client.commands.get("one")
    assert one is not None
    assert [option["name"] for option in one.to_payload()["options"]] == ["hello", "inner"]

    class Deep(Plugin):
        outer: Any = group("outer", description="x")
        inner: Any = outer.group("inner", description="x")

        @inner.command(description="x")
        def leaf(self, ctx: Context) -> None: ...

    client.add_plugin(Deep())
    assert client.commands.get("outer inner leaf") is not None
    assert client.commands.get("inner") is None
    assert client.commands.get("leaf") is None


def test_a_long_docstring_is_cut() -> None:
    client = Client(token="a.b.c")

    @client.group()
    class Long:
        """Say in many words, and with more of them than Discord has room for, what could be said in few words."""  # noqa: E501

        @command(description="x")
        def x(self, ctx: Context) -> None: ...

    made = client.commands.get("long")
    assert made is not None
    assert len(made.to_payload()["description"]) <= 100


def test_classes_too_deep_are_not_left_out() -> None:
    with pytest.raises(CommandDefinitionError, match="two deep at most"):

        @Client(token="a.b.c").group("a", description="x")
        class A:
            class B:
                class C:
                    @command(description="x")
                    def x(self, ctx: Context) -> None: ...

                inner = group("inner", description="x")
