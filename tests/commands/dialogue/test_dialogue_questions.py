"""ask, choose and confirm: questions that block and return the answer."""

from __future__ import annotations

import enum
import re
from typing import Any

import pytest

from disruption import (
    Client,
    ComponentContext,
    Context,
    DialogueCancelled,
    DialogueTimeout,
    InvalidArgument,
    MessageCreate,
    UserError,
)
from disruption.components import ActionRow, Button
from disruption.testing import Discord


class Size(enum.Enum):
    SMALL = 1
    VERY_LARGE = 2


def even(text: str) -> int:
    number = int(text)
    if number % 2:
        raise UserError("Only even numbers.")
    return number


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)

    @client.command(description="x")
    def order(ctx: Context) -> None:
        price = ctx.choose("Which size?", {"small": 3, "large": 5})
        name = ctx.ask("Your name?")
        age = ctx.ask("Your age?", convert=even)
        if ctx.confirm(f"{price} for {name}, {age}?", danger=True):
            ctx.respond("done")
        else:
            ctx.respond("another time")

    @client.command(description="x")
    def many(ctx: Context) -> None:
        number = ctx.choose("Pick", range(60))
        ctx.respond(f"picked {number + 1}")
        some = ctx.choose_many("Some", ["a", "b", "c"], least=1)
        ctx.respond(f"some {','.join(some)}")
        size = ctx.choose("Size", Size)
        ctx.respond(f"size {size.value}")

    @client.command(description="x")
    def late(ctx: Context) -> None:
        try:
            ctx.confirm("quick?", timeout=0.05)
        except DialogueTimeout:
            ctx.respond("too late")

    @client.command(description="x")
    def later(ctx: Context) -> None:
        ctx.choose("quick?", ["yes"], timeout=0.05)

    @client.command(description="x")
    def deferred(ctx: Context) -> None:
        ctx.defer()
        try:
            text = ctx.ask("A question that is much longer than the title of a modal may be?")
        except DialogueCancelled:
            ctx.respond("cancelled")
        else:
            ctx.respond(f"said {text}")

    @client.command(description="x")
    def both(ctx: Context) -> None:
        chosen = ctx.choose("Who first?", ["me"], users="anyone")
        ctx.respond(f"{chosen}!")

    @client.component("begin")
    def begin(ctx: ComponentContext) -> None:
        ctx.respond(f"said {ctx.ask('What?')}")

    @client.command(description="x")
    def start(ctx: Context) -> None:
        ctx.respond("Start", components=[ActionRow.of(Button.primary("Begin", "begin"))])

    @client.on(MessageCreate)
    def talk(message: MessageCreate) -> None:
        ctx = client.context(message)
        if message.content == "!order":
            what = ctx.ask("What?")
            if ctx.confirm(f"{what}?"):
                number = ctx.ask("How many?", via="modal", convert=int)
                ctx.respond(f"{number} {what}")
        elif message.content == "!age":
            try:
                ctx.respond(f"age {ctx.ask('Age?', convert=even)}")
            except DialogueCancelled:
                ctx.respond("as you like")

    return client


pytestmark = pytest.mark.bot(factory=make)


def test_a_dialogue_in_a_slash_command(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    first = ann.slash("order")
    first.expect("Which size?", components=["small", "large"])
    message = first.message()
    bob.click(message, "small").expect("That is not for you.", ephemeral=True)
    click = ann.click(message, "large")
    assert click.modal(5)["title"] == "Your name?"  # a modal at once: the click is fresh
    asked = ann.submit(click, {"Your answer": "Ann"})
    asked.expect("Your age?", components=["Answer", "Cancel"])  # a modal cannot follow a modal
    question = asked.message()
    ann.submit(ann.click(question, "Answer"), {"Your answer": "x"}).expect(
        "Your age?\nThat does not fit. Try again.", components=["Try again", "Cancel"]
    )
    again = ann.click(question, "Try again")
    assert "x" in str(again.modal(5)["components"])  # what was filled in is still there
    ann.submit(again, {"Your answer": "7"}).expect("Your age?\nOnly even numbers.")
    ann.submit(ann.click(question, "Try again"), {"Your answer": "8"})
    sure = discord.channel().expect("5 for Ann, 8?", components=["Yes", "No"])
    ann.click(sure, "Yes")
    discord.channel().expect("done")
    for each in (message, question, sure):
        buttons = each.data["components"][0]["components"]
        assert all(button["disabled"] for button in buttons)
    assert question.content == "Your age?"  # nothing is wrong any more
    assert len(bot.commands.prompts) == 0


def test_more_options_than_buttons(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    asked = ann.slash("many")
    asked.expect("Pick")
    ann.click(asked.message(), "▶").expect("Pick")
    ann.select(asked.message(), "30")
    discord.channel().expect("picked 31")
    some = discord.channel().expect("Some")
    ann.select(some, "0", "2")
    discord.channel().expect("some a,c")
    ann.click(discord.channel().expect("Size"), "Very large")
    discord.channel().expect("size 2")


def test_nobody_answers(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    asked = ann.slash("late")
    discord.channel().expect("too late")
    assert asked.message().data["components"][0]["components"][0]["disabled"]
    assert discord.settle()
    ann.slash("later")  # nothing is said where the command does not care: the buttons tell
    discord.expect(lambda: bot.counters["commands.dialogues_ended"] == 1, "an ended dialogue")
    assert bot.counters["commands.failed"] == 0


def test_a_deferred_command_asks_with_a_button(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    asked = ann.slash("deferred")
    asked.expect(re.compile("A question"), components=["Answer", "Cancel"])
    opened = ann.click(asked.message(), "Answer")
    assert opened.modal(5)["title"] == "A question that is much longer than the titl…"
    ann.submit(opened, {"Your answer": "yes"})
    discord.channel().expect("said yes")


def test_a_question_is_cancelled(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    asked = ann.slash("deferred")
    asked.expect(re.compile("A question"))
    ann.click(asked.message(), "Cancel")
    discord.channel().expect("cancelled")


def test_anyone_may_answer(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    asked = ann.slash("both")
    asked.expect("Who first?")
    bob.click(asked.message(), "me")
    discord.channel().expect("me!")


def test_a_button_asks(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    shown = ann.slash("start")
    shown.expect("Start")
    ann.submit(ann.click(shown.message(), "Begin"), {"Your answer": "cake"}).expect("said cake")


def test_a_dialogue_in_a_message_handler(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    ann.say("!order")
    discord.channel().expect("What?")
    bob.say("not me")
    ann.say("cake")
    sure = discord.channel().expect("cake?")
    ann.submit(ann.click(sure, "Yes"), {"Your answer": "3"})
    discord.channel().expect("3 cake")


def test_words_that_cannot_be_read_are_asked_for_again(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    ann.say("!age")
    discord.channel().expect("Age?")
    ann.say("old")
    discord.channel().expect("That does not fit. Try again.")
    ann.say("7")
    discord.channel().expect("Only even numbers.")
    ann.say("8")
    discord.channel().expect("age 8")
    ann.say("!age")
    discord.channel().expect("Age?")
    ann.say("Cancel")
    discord.channel().expect("as you like")


def test_a_dialogue_of_an_earlier_process(bot: Client, discord: Discord) -> None:
    row = ActionRow.of(Button.primary("Yes", "~0123456789abcdef:0"))
    bot.channel(int(discord.channel().id)).send("Sure?", components=[row])
    asked = discord.channel().expect("Sure?")
    discord.user("ann").click(asked, "Yes").expect("Sure?")
    discord.channel().expect("That is over. Start again.", ephemeral=True)
    assert asked.data["components"][0]["components"][0]["disabled"]


def test_a_stop_ends_dialogues(bot: Client, discord: Discord) -> None:
    asked = discord.user("ann").slash("both")
    asked.expect("Who first?")
    bot.stop(10)
    assert bot.counters["dispatch.handlers_ended_by_stop"] == 1
    assert len(bot.commands.prompts) == 0


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ([], "nothing"),
        (["a", "a"], "same text"),
        (["", "a"], "no text"),
        ("abc", "list"),
        (7, "list"),
    ],
)
def test_options_that_cannot_be(options: Any, text: str) -> None:
    from disruption.commands.dialogue.choosing import as_options

    with pytest.raises(InvalidArgument, match=text):
        as_options(options)


def test_a_second_click_is_no_new_one(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    asked = ann.slash("both")
    asked.expect("Who first?")
    message = asked.message()
    ann.click(message, "me")
    ann.click(message, "me")
    discord.channel().expect("me!")
    assert discord.settle()
    assert [line.content for line in discord.channel().messages] == ["Who first?", "me!"]


def test_buttons_end_also_where_nothing_follows(bot: Client, discord: Discord) -> None:
    row = ActionRow.of(Button.primary("x", "nobody"))
    bot.channel(int(discord.channel().id)).send("start", components=[row])
    ann = discord.user("ann")
    answers: list[bool] = []

    def idle(message: MessageCreate) -> None:
        if message.content == "!idle":
            answers.append(bot.context(message).confirm("Sure?"))

    bot.on(MessageCreate)(idle)
    ann.say("!idle")
    sure = discord.channel().expect("Sure?")
    ann.click(sure, "Yes")
    discord.channel().expect("Sure?", components=["Yes", "No"])  # the edit that disables them
    assert sure.data["components"][0]["components"][0]["disabled"]
    assert answers == [True]
