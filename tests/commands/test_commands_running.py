"""Commands of all kinds, used by people on a local Discord."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest

from disruption import (
    ActionRow,
    Attachment,
    Button,
    Client,
    CommandCompleted,
    CommandFailed,
    ComponentContext,
    Context,
    GuildMember,
    InteractionCreate,
    InvalidArgument,
    Message,
    MessageContext,
    ModalCallbackData,
    ModalContext,
    PartialChannel,
    Permissions,
    Range,
    Role,
    User,
    UserContext,
    UserError,
    command,
    requires,
)
from disruption.components import Label, TextInput
from disruption.testing import Discord


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)

    @client.command(description="Roll dice")
    def roll(ctx: Context, sides: Annotated[int, Range(2, 100)] = 6) -> None:
        row = ActionRow.of(Button.primary("Again", again.custom_id(sides=sides)))
        ctx.respond(f"rolled {sides}", components=[row])
        ctx.respond("and more")

    @client.component("again:{sides:int}")
    def again(ctx: ComponentContext, sides: int) -> None:
        assert ctx.message.content.startswith("rolled")
        ctx.update(f"again {sides}", components=[])

    @client.command()
    @requires(Permissions.BAN_MEMBERS)
    def ban(ctx: Context, who: GuildMember, reason: str | None = None) -> None:
        """Ban a member."""
        assert who.guild_id == ctx.guild_id
        ctx.respond(f"banned {who.user.username if who.user else '?'} because {reason}")

    @client.command(description="In servers")
    def place(ctx: Context) -> None:
        assert ctx.require_guild() == ctx.guild
        assert ctx.require_member() is ctx.member
        ctx.respond("here")

    @client.command(prefix=True, description="Soon gone")
    def brief(ctx: Context) -> None:
        ctx.respond("one", delete_after=0.05)
        ctx.respond("two", ephemeral=True, delete_after=0.05)
        ctx.send("three", delete_after=0.05)
        ctx.send("stays")
        with pytest.raises(InvalidArgument, match="delete_after"):
            ctx.respond("four", delete_after=-1)

    @client.command()
    def tell(
        ctx: Context,
        user: User,
        role: Role,
        channel: PartialChannel,
        file: Attachment,
        kind: Literal["one", "two"] = "two",
        exact: bool = False,
        share: float = 0.5,
    ) -> None:
        """Tell all of it."""
        parts = (user.username, role.name, channel.name, file.read().decode(), kind, exact, share)
        ctx.respond(" ".join(map(str, parts)))

    @client.user_command("Say hello")
    def hello(ctx: UserContext, user: User) -> None:
        assert ctx.target is user
        ctx.respond(f"hello {user.username}")

    @client.user_command("Rank")
    def rank(ctx: UserContext, member: GuildMember) -> None:
        ctx.respond(f"{len(member.roles)} roles")

    @client.message_command("Quote")
    def quote(ctx: MessageContext, message: Message) -> None:
        assert ctx.target is ctx.message
        ctx.respond(f"> {message.content}")

    @client.command(description="Write", defer=False)
    def write(ctx: Context) -> None:
        field = Label.of("Text", TextInput.short("text"))
        assert ctx.interaction is not None
        ctx.interaction.show_modal(ModalCallbackData.of("written:7", "Write", field))

    @client.modal("written:{number:int}")
    def written(ctx: ModalContext, number: int) -> None:
        ctx.respond(f"{number}: {ctx.values['text']}")

    @client.command(description="Play")
    def play(ctx: Context, title: str) -> None:
        ctx.respond(title)

    @play.autocomplete("title")
    def titles(ctx: Any, value: str) -> list[str]:
        if value == "boom":
            raise RuntimeError("boom")
        return [f"{value}{number}" for number in range(30)]

    @client.group(description="Music")
    class Music:
        count = 0

        @command(description="Count")
        def count_up(self, ctx: Context) -> None:
            self.count += 1
            ctx.respond(str(self.count))

        class Queue:
            """The queue."""

            @command(description="Add")
            def add(self, ctx: Context, what: Literal["a", "b"]) -> None:
                ctx.respond(f"added {what}")

    @client.command(description="Secret", ephemeral=True)
    def secret(ctx: Context) -> None:
        ctx.respond("psst")
        ctx.followup("not a word", ephemeral=False)

    @client.command(description="Change")
    def change(ctx: Context) -> None:
        ctx.defer()
        ctx.respond("first")
        ctx.edit("second")
        ctx.delete()
        ctx.send("third")

    return client


pytestmark = pytest.mark.bot(factory=make)


@pytest.mark.parametrize("written", [False, True])
def test_answers_are_deleted_after_their_time(bot: Client, discord: Discord, written: bool) -> None:
    ann, channel = discord.user("ann"), discord.channel()
    if written:
        ann.say(f"<@{bot.user.id if bot.user else 0}> brief")
    else:
        ann.slash("brief")
    channel.expect("stays")
    discord.expect(lambda: [one.content for one in channel.messages][-1:] == ["stays"])
    discord.expect(lambda: len(channel.messages) == 1 + written, "the rest is gone")
    if not written:  # what the user alone saw is no message of the channel
        discord.expect_request(
            "DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        )
        discord.expect_request(
            "DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
        )


def test_slash_commands(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    answer = ann.slash("roll", sides=20)
    answer.expect("rolled 20", components=["Again"])
    discord.channel().expect("and more")
    ann.click(answer.message(), "Again").expect("again 20", components=False)
    ann.slash("roll").expect("rolled 6")
    ann.slash("music count_up").expect("1")
    ann.slash("music count_up").expect("2")
    ann.slash("music queue add", what="b").expect("added b")


def test_every_type_of_option(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    role = bob.give_role("mod")
    answer = ann.slash(
        "tell",
        user=bob.id,
        role=role,
        channel=discord.channel().id,
        file=("note.txt", "hello"),
        share=0.25,
    )
    answer.expect("bob mod general hello two False 0.25")


def test_menus(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    bob.give_role("mod")
    ann.use_on(bob, "Say hello").expect("hello bob")
    ann.use_on(bob, "Rank").expect("1 roles")
    ann.use_on(bob.say("hey"), "Quote").expect("> hey")


def test_modals(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    opened = ann.slash("write")
    ann.submit(opened, Text="dear diary").expect("7: dear diary")


def test_completion(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    names = [choice["name"] for choice in ann.autocomplete("play", "title", "x")]
    assert names == [f"x{number}" for number in range(25)]
    assert ann.autocomplete("play", "title", "boom") == []
    discord.expect_error(RuntimeError)
    assert bot.counters["commands.autocomplete_errors"] == 1


def test_guards_answer_the_user(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    ann.slash("ban", who=bob.id).expect("You need Ban Members here.", ephemeral=True)
    ann.give_role("mod", "BAN_MEMBERS")
    ann.slash("ban", who=bob.id, reason="spam").expect("banned bob because spam")
    assert discord.settle()
    assert bot.counters["commands.refused"] == 1


def test_ephemeral_answers(bot: Client, discord: Discord) -> None:
    discord.user("ann").slash("secret").expect("psst", ephemeral=True)
    discord.channel().expect("not a word", ephemeral=False)


def test_answers_are_changed_and_deleted(bot: Client, discord: Discord) -> None:
    discord.user("ann").slash("change")
    discord.channel().expect("third")
    assert [message.content for message in discord.channel().messages] == ["third"]


def test_a_command_that_is_gone(bot: Client, discord: Discord) -> None:
    found = bot.commands.get("secret")
    assert found is not None
    bot.commands.remove(found)
    answer = discord.user("ann").slash("secret")
    answer.expect(re.compile("does not exist any more"), ephemeral=True)
    assert discord.settle()
    assert bot.counters["commands.unknown"] == 1


# What is around commands ----------------------------------------------------------------------


def surrounded(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)
    client.log = []  # type: ignore[attr-defined]
    log: list[Any] = client.log  # type: ignore[attr-defined]

    @client.middleware
    def around_events(event: Any, call_next: Callable[[], object]) -> None:
        if isinstance(event, InteractionCreate):
            log.append("event")
        call_next()

    @client.command_middleware
    def around(ctx: Context, call_next: Callable[[], object]) -> None:
        log.append("in")
        ctx.state["user"] = ctx.author.username
        call_next()
        log.append("out")

    @client.before_command
    def before(ctx: Context) -> None:
        log.append("before")

    @client.after_command
    def after(ctx: Context) -> None:
        log.append("after")

    @client.command(description="x")
    def good(ctx: Context) -> None:
        log.append(ctx.state["user"])
        ctx.respond("ok")

    @good.before
    def before_this(ctx: Context) -> None:
        log.append("before this")

    @good.after
    def after_this(ctx: Context) -> None:
        log.append("after this")

    @client.command(description="x")
    def told(ctx: Context) -> None:
        raise UserError("Not like that.")

    @client.command(description="x")
    def handled(ctx: Context) -> None:
        raise KeyError("x")

    @handled.error
    def take(ctx: Context, error: Exception) -> None:
        if not isinstance(error, KeyError):
            raise error
        ctx.respond("taken")

    @client.command(description="x")
    def passed_on(ctx: Context) -> None:
        raise LookupError("x")

    @passed_on.error
    def pass_on(ctx: Context, error: Exception) -> None:
        raise ValueError("worse") from error

    @client.command_error
    def last(ctx: Context, error: Exception) -> None:
        if isinstance(error, ValueError):
            ctx.respond(f"last: {error}")
        else:
            raise error

    @client.command(description="x")
    def broken(ctx: Context) -> None:
        ctx.defer()
        raise RuntimeError("broken")

    @client.on(CommandCompleted)
    def completed(event: CommandCompleted) -> None:
        log.append(f"completed {event.name}")

    @client.on(CommandFailed)
    def failed(event: CommandFailed) -> None:
        log.append(f"failed {event.name} {type(event.error).__name__} {bool(event.error_id)}")

    return client


def settled_log(bot: Client, discord: Discord) -> list[Any]:
    assert discord.settle()
    return bot.log  # type: ignore[attr-defined, no-any-return]


@pytest.mark.bot(factory=surrounded)
def test_the_order_around_a_command(bot: Client, discord: Discord) -> None:
    discord.user("ann").slash("good").expect("ok")
    assert settled_log(bot, discord) == [
        "event",
        "in",
        "before",
        "before this",
        "ann",
        "after this",
        "after",
        "out",
        "completed good",
    ]


@pytest.mark.bot(factory=surrounded)
def test_errors_go_from_handler_to_handler(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    ann.slash("told").expect("Not like that.", ephemeral=True)
    ann.slash("handled").expect("taken")
    ann.slash("passed_on").expect("last: worse")
    log = settled_log(bot, discord)
    assert {entry for entry in log if entry.startswith("failed")} == {
        "failed told UserError False",
        "failed handled KeyError False",
        "failed passed_on LookupError False",
    }


@pytest.mark.bot(factory=surrounded)
def test_an_error_of_the_bot_answers_and_is_logged_with_its_id(
    bot: Client, discord: Discord, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "disruption.commands"):
        discord.user("ann").slash("broken")
        discord.expect_error(RuntimeError)
        told = discord.channel().expect(re.compile("Something went wrong"), ephemeral=True)
    error_id = told.content.split("`")[1]
    record = next(each for each in caplog.records if error_id in each.getMessage())
    assert "command 'broken'" in record.getMessage()
    assert "test_commands_running.py:" in record.getMessage()
    assert record.exc_info is not None
    assert discord.settle()
    assert bot.counters["commands.failed"] == 1


def gone(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)

    @client.command(description="x")
    def show(ctx: Context, wait: bool = False) -> None:
        row = ActionRow.of(Button.primary("Go", "no:route"))
        if not wait:
            ctx.respond("shown", components=[row])
            return
        with client.expecting(InteractionCreate, custom_id="no:route") as click:
            ctx.respond("shown", components=[row])
            click.result(30).respond("taken")

    return client


@pytest.mark.bot(factory=gone)
def test_a_button_that_nothing_takes_says_so(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    shown = ann.slash("show").expect("shown")
    ann.click(shown, "Go").expect("That does not work any more.", ephemeral=True)
    waited = ann.slash("show", wait=True).expect("shown")
    ann.click(waited, "Go").expect("taken")
    assert discord.settle()
    assert bot.stats.counts["commands.unknown_custom_ids"] == 2
    told = [one for one in discord.requests if "any more" in str(one)]
    assert len(told) == 1, "who waits for a click has it to themselves"


def test_who_is_in_no_server_is_told_so(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    ann.slash("place").expect("here")
    ann.at(ann.dm("hello")).slash("place").expect("That works in servers only.", ephemeral=True)
