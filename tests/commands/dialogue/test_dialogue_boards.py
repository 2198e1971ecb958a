"""clicks, menu and paginate: questions with more than one answer."""

from __future__ import annotations

from typing import Any

import pytest

from disruption import (
    ActionRow,
    Button,
    Client,
    Context,
    Embed,
    InteractionExpired,
    InvalidArgument,
)
from disruption.testing import Discord


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)

    @client.command(description="x")
    def quiz(ctx: Context) -> None:
        guesses: dict[str, str] = {}
        with ctx.clicks("Capital?", ["Paris", "Lyon"], timeout=60) as clicks:
            assert clicks.left is not None
            for click in clicks:
                name = click.author.username
                if name in guesses:
                    click.respond("once only", ephemeral=True)
                    continue
                guesses[name] = click.choice
                if len(guesses) == 2:
                    break
        ctx.respond(str(sorted(guesses.items())))

    @client.command(description="x")
    def slow(ctx: Context) -> None:
        with ctx.clicks("Anybody?", ["me"], timeout=0.05) as clicks:
            found = [click.choice for click in clicks]
        ctx.respond(f"{found}")

    @client.command(description="x")
    def pages(ctx: Context) -> None:
        ctx.paginate((f"page {number}" for number in range(7)), timeout=0.5)
        ctx.respond("closed")

    @client.command(description="x")
    def embeds(ctx: Context) -> None:
        ctx.paginate([Embed(title=f"e{number}") for number in range(5)], start=4)

    @client.command(description="x")
    def single(ctx: Context) -> None:
        ctx.paginate(["alone"])
        ctx.respond("at once")

    @client.command(description="x")
    def long(ctx: Context, hidden: bool) -> None:
        with ctx.clicks("Until?", ["End"]) as clicks:
            next(clicks)
        ctx.respond("over", ephemeral=hidden)
        ctx.followup("and out", ephemeral=hidden)

    @client.command(description="x")
    def menu(ctx: Context) -> None:
        def add(click: Any) -> None:
            click.respond("added")

        def ask(click: Any) -> None:
            click.respond(click.ask("What?"))

        def leave(click: Any) -> str:
            click.respond("leaving")
            return "left"

        def inner(click: Any) -> None:
            click.menu("Inside", {"Choose": choose, "Pages": turn})

        def choose(click: Any) -> None:
            click.choose("Which?", ["this", "that"])

        def turn(click: Any) -> None:
            click.paginate(["one", "two"])

        def close(click: Any) -> str:
            click.update("closed", components=[])
            return "closed"

        def other(click: Any) -> str:
            row = ActionRow.of(Button.primary("Vote", "vote:1"))
            click.update("vote", components=[row])
            return "voting"

        def same(click: Any) -> str:
            click.update("same", components=click.message.components)
            return "same"

        items = {
            "Add": add,
            "Close": close,
            "Other": other,
            "Same": same,
            "Ask": ask,
            "Inner": inner,
            "Leave": leave,
            "Done": None,
        }
        ctx.respond(f"result {ctx.menu('The queue', items)}")

    return client


pytestmark = pytest.mark.bot(factory=make)


@pytest.mark.parametrize(
    ("label", "text", "usable"),
    [("Close", "closed", []), ("Other", "voting", ["Vote"]), ("Same", "same", [])],
)
def test_what_takes_the_place_of_the_buttons_stays(
    bot: Client, discord: Discord, label: str, text: str, usable: list[str]
) -> None:
    ann = discord.user("ann")
    shown = ann.slash("menu").expect("The queue")
    ann.click(shown, label)
    discord.channel().expect(f"result {text}")
    buttons = [one for row in shown.data["components"] for one in row["components"]]
    assert [one["label"] for one in buttons if not one.get("disabled")] == usable
    assert bool(buttons) == (label != "Close")


def test_several_players(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    asked = ann.slash("quiz")
    asked.expect("Capital?")
    ann.click(asked.message(), "Paris")
    ann.click(asked.message(), "Lyon").expect("once only", ephemeral=True)
    bob.click(asked.message(), "Lyon")
    discord.channel().expect("[('ann', 'Paris'), ('bob', 'Lyon')]")
    buttons = asked.message().data["components"][0]["components"]
    assert all(button["disabled"] for button in buttons)


def test_the_time_is_over(bot: Client, discord: Discord) -> None:
    discord.user("ann").slash("slow")
    discord.channel().expect("[]")


def test_pages_are_turned_and_closed(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    asked = ann.slash("pages")
    asked.expect("page 0", components=["⏮", "◀", "1", "▶"])
    bob.click(asked.message(), "▶").expect("That is not for you.", ephemeral=True)
    ann.click(asked.message(), "▶").expect("page 1")
    ann.click(asked.message(), "▶").expect("page 2")
    ann.click(asked.message(), "⏮").expect("page 0")
    discord.channel().expect("closed")


def test_pages_of_embeds(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    asked = ann.slash("embeds")
    asked.expect(embed={"title": "e4"}, components=["5 / 5"])
    ann.click(asked.message(), "◀").expect(embed={"title": "e3"})
    ann.click(asked.message(), "⏭").expect(embed={"title": "e4"})


def test_a_single_page_has_no_buttons(bot: Client, discord: Discord) -> None:
    discord.user("ann").slash("single").expect("alone", components=False)
    discord.channel().expect("at once")


def test_a_menu_calls_functions(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    asked = ann.slash("menu")
    asked.expect("The queue")
    ann.click(asked.message(), "Add").expect("added")
    ann.submit(ann.click(asked.message(), "Ask"), {"Your answer": "cake"}).expect("cake")
    ann.click(asked.message(), "Leave").expect("leaving")
    discord.channel().expect("result left")
    asked = ann.slash("menu")
    asked.expect("The queue")
    ann.click(asked.message(), "Done")
    discord.channel().expect("result None")


def test_a_closed_modal_does_not_hold_up_a_menu(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    shown = ann.slash("menu").expect("The queue")
    ann.click(shown, "Ask").modal()  # closed without being sent, of which nobody is told
    ann.click(shown, "Add").expect("added")
    ann.click(shown, "Ask").modal()
    ann.submit(ann.click(shown, "Ask"), {"Your answer": "cake"}).expect("cake")
    ann.click(shown, "Leave").expect("leaving")
    discord.channel().expect("result left")


@pytest.mark.parametrize("inside", ["Choose", "Pages"])
def test_who_goes_on_in_a_menu_has_left_what_it_began(
    bot: Client, discord: Discord, inside: str
) -> None:
    ann = discord.user("ann")
    shown = ann.slash("menu").expect("The queue")
    within = ann.click(shown, "Inner").expect("Inside")
    question = ann.click(within, inside).message()
    ann.click(shown, "Add").expect("added")
    for message in (within, question):
        discord.expect(lambda message=message: all_disabled(message), "disabled buttons")
    assert not all_disabled(shown)
    ann.click(shown, "Leave").expect("leaving")


def all_disabled(message: Any) -> bool:
    rows = message.data["components"]
    return all(each.get("disabled") for row in rows for each in row["components"])


@pytest.mark.parametrize(("who", "hidden"), [("ann", True), ("ann", False), ("bob", False)])
def test_answers_go_to_a_click_once_the_15_minutes_are_over(
    bot: Client, discord: Discord, who: str, hidden: bool
) -> None:
    shown = discord.user("ann").slash("long", hidden=hidden).expect("Until?")
    discord.advance(901)
    discord.user(who).click(shown, "End")
    discord.channel().expect("over", ephemeral=hidden)
    discord.channel().expect("and out", ephemeral=hidden)


def test_nobody_is_told_what_somebody_else_alone_should_see(bot: Client, discord: Discord) -> None:
    shown = discord.user("ann").slash("long", hidden=True).expect("Until?")
    discord.advance(901)
    discord.user("bob").click(shown, "End")
    discord.expect_error(InteractionExpired)


def test_pages_that_cannot_be() -> None:
    from disruption.commands.dialogue.paging import paginate

    nobody: Any = None
    with pytest.raises(InvalidArgument, match="no pages"):
        paginate(nobody, [], start=0, users=None, timeout=1)
    with pytest.raises(InvalidArgument, match="start=9"):
        paginate(nobody, ["a", "b"], start=9, users=None, timeout=1)
