"""Prefix commands on a local Discord: what people write, and what the bot does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from disruption import Client, CommandDefinitionError, Permissions, User
from disruption.commands.context import Context, PrefixContext, SlashContext
from disruption.commands.guards import cooldown, guild_only, owner_only, requires
from disruption.commands.prefix import Prefixes, help_pages
from disruption.commands.texts import Texts, texts, use_texts
from disruption.testing import Discord


def define(client: Client) -> None:
    """Give a client the commands that are tested."""

    @client.command(prefix=True, aliases=["r"])
    @guild_only
    def roll(ctx: Context, sides: int = 6, *, loud: bool = False) -> None:
        """Roll dice.

        Args:
            sides: How many
            loud: Whether to shout.
        """
        ctx.respond(f"{ctx.author.username} rolled {sides}{'!' * loud}")

    @client.command(prefix=True, slash=False)
    def say(ctx: PrefixContext, who: User | None, *, text: str) -> None:
        """Say something to somebody."""
        ctx.respond(f"{who.username if who else 'all'}: {text} ({ctx.prefix}{ctx.invoked_with})")

    @client.command(prefix=True, slash=False)
    def total(ctx: PrefixContext, *numbers: int) -> None:
        """Add numbers."""
        ctx.respond(f"{numbers} make {sum(numbers)}")

    @client.command(prefix=True)
    @requires(Permissions.BAN_MEMBERS)
    def ban(ctx: Context, who: User) -> None:
        """Ban somebody."""
        ctx.respond(f"{who.username} is gone")

    @client.command(prefix=True, description="Seldom")
    @cooldown(1, 60)
    def seldom(ctx: Context, number: int) -> None:
        ctx.respond(f"{number}")

    @client.command(prefix=True, hidden=True, description="Hidden")
    def hidden(ctx: Context) -> None:
        ctx.respond("found")

    @client.command(prefix=True, description="For owners")
    @owner_only
    def stop(ctx: Context) -> None: ...

    settings = client.group("settings", description="Settings")

    @settings.command(prefix=True, aliases=["s"], description="Show them")
    def show(ctx: Context, what: str = "all") -> None:
        ctx.respond(f"showing {what}")

    @settings.command(description="Not written")
    def reset(ctx: Context) -> None: ...

    note = client.group("note", description="Notes")

    @note.fallback
    @note.command("show", prefix=True, aliases=["get"])
    def show_note(ctx: Context, *, name: str) -> None:
        """Show a note."""
        ctx.respond(f"the note {name}")

    @note.command(prefix=True, description="Make one")
    def make(ctx: Context, name: str) -> None:
        ctx.respond(f"made {name}")

    @client.command("help", description="What I can do")
    def slash_help(ctx: SlashContext, command: str = "") -> None:
        for page in help_pages(ctx, command):
            ctx.respond(page)


@pytest.fixture
def discord() -> Iterator[Discord]:
    with Discord(timeout=20.0) as made:
        yield made


@pytest.fixture
def bot(discord: Discord) -> Iterator[Client]:
    def make() -> Client:
        client = Client()
        define(client)
        return client

    with discord.running(make) as client:
        yield client


def answer(discord: Discord, text: str, user: str = "ann") -> str:
    """Say something and return the bot's answer."""
    channel = discord.channel()
    before = len(channel.messages)
    discord.user(user).say(text)
    discord.settle()
    said = [one for one in channel.messages[before:] if one.author == "bot"]
    return "\n---\n".join(one.content for one in said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!roll", "ann rolled 6"),
        ("!r 20", "ann rolled 20"),
        ("!roll --loud sides:3", "ann rolled 3!"),
        ("!say hello  there", "all: hello  there (!say)"),
        ("!total 1 2 3", "(1, 2, 3) make 6"),
        ("!note green tea", "the note green tea"),
        ("!note get make", "the note make"),
        ("!note make tea", "made tea"),
        ("!note", "`name` is missing.\nUsage: `!note show <name…>`"),
        ("!total", "() make 0"),
        ("!settings show", "showing all"),
        ("!settings s 'the others'", "showing the others"),
        ("!settings", "`!settings` needs one of `show` after it."),
        ("!settings reset", "`!settings` needs one of `show` after it."),
        ("!hidden", "found"),
        ("!roll x", 'sides must be a whole number, not "x"'),
        ("!roll 1 2", '"2" is more than that takes.\nUsage: `!roll [sides] [--loud]`'),
        ("!say", "`text` is missing.\nUsage: `!say [who] <text…>`"),
        ("!ban ann", "You need Ban Members here."),
        ("!nothing", ""),
        ("!", ""),
        ("roll", ""),
        ("!ROLL", ""),
    ],
)
def test_what_is_written_and_what_comes(
    discord: Discord, bot: Client, text: str, expected: str
) -> None:
    assert answer(discord, text) == expected


def test_a_mention_is_a_prefix(discord: Discord, bot: Client) -> None:
    me = bot.user
    assert me is not None
    assert answer(discord, f"<@{me.id}> roll 3") == "ann rolled 3"
    assert answer(discord, f"<@!{me.id}>   roll 3") == "ann rolled 3"
    assert answer(discord, f"<@{me.id}>") == ""
    text = answer(discord, f"<@{me.id}> say")
    assert "Usage: `@bot say [who] <text…>`" in text


def test_unknown_commands_are_counted(discord: Discord, bot: Client) -> None:
    answer(discord, "!nothing")
    assert bot.counters["commands.unknown_prefix"] == 1


def test_a_slip_of_the_fingers_does_not_use_up_a_cooldown(discord: Discord, bot: Client) -> None:
    assert "must be" in answer(discord, "!seldom x")
    assert answer(discord, "!seldom 1") == "1"
    assert "Try again in" in answer(discord, "!seldom 2")


def test_help_lists_what_the_user_may_use(discord: Discord, bot: Client) -> None:
    assert answer(discord, "!help") == (
        "`!roll [sides] [--loud]` Roll dice.\n"
        "`!say [who] <text…>` Say something to somebody.\n"
        "`!total [numbers…]` Add numbers.\n"
        "`!seldom <number>` Seldom\n"
        "`!settings show [what]` Show them\n"
        "`!note show <name…>` Show a note.\n"
        "`!note make <name>` Make one\n"
        "\n"
        "`!help …` tells more of one."
    )


def test_help_of_one_command(discord: Discord, bot: Client) -> None:
    assert answer(discord, "!help roll") == (
        "`!roll [sides] [--loud]`\n"
        "Roll dice.\n"
        "- `sides`: How many. A whole number. `6` if left out.\n"
        "- `loud`: Whether to shout. Yes or no. `no` if left out.\n"
        "Also: `r`"
    )
    assert answer(discord, "!help R") == answer(discord, "!help !roll")


def test_help_of_a_group_and_of_nothing(discord: Discord, bot: Client) -> None:
    assert answer(discord, "!help settings").startswith("`!settings show [what]` Show them")
    assert answer(discord, "!help settings show").startswith("`!settings show [what]`\nShow them")
    for name in ("nothing", "ban", "stop"):
        assert answer(discord, f"!help {name}") == f"There is no command `{name}`."


def test_help_as_a_slash_command_is_about_slash_commands(discord: Discord, bot: Client) -> None:
    bot.sync_commands()
    discord.user("ann").slash("help")
    said = discord.channel().expect().content
    assert said.startswith("`/roll [sides] [loud]` Roll dice.")
    assert "`/help [command]` What I can do" in said
    assert "total" not in said
    assert "`/settings reset` Not written" in said


def test_long_help_comes_in_pages(discord: Discord) -> None:
    def make() -> Client:
        client = Client()
        for number in range(60):

            def callback(ctx: Context, text: str) -> None: ...

            name = f"command_{number}"
            client.command(name, description="Does a lot of things " * 4, prefix=True)(callback)
        return client

    with discord.running(make):
        pages = answer(discord, "!help").split("\n---\n")
    assert len(pages) > 2
    assert all(len(page) <= 2000 for page in pages)
    assert sum(page.count("`!command_") for page in pages) == 60


def bots(client: Client, discord: Discord) -> Any:
    """Let another bot write a command."""
    other = discord.add_bot("other")
    channel = discord.channel()
    before = len(channel.messages)
    discord.world.messages.create(channel.id, other.user_id, "!roll")
    discord.settle()
    return [one.content for one in channel.messages[before + 1 :]]


def test_bots_are_ignored(discord: Discord, bot: Client) -> None:
    assert bots(bot, discord) == []


def test_bots_are_heard_if_wished_but_never_oneself(discord: Discord) -> None:
    def make() -> Client:
        client = Client(prefix=Prefixes("!", bots=True))

        @client.command(prefix=True, description="Echo")
        def roll(ctx: Context) -> None:
            ctx.respond("!roll")

        return client

    with discord.running(make) as client:
        assert bots(client, discord) == ["!roll"]


def test_prefixes_of_a_guild_without_help_and_in_any_case(discord: Discord) -> None:
    def make() -> Client:
        prefixes = Prefixes(lambda message: f"{message.guild_id}>", ignore_case=True, help=None)
        client = Client(prefix=prefixes)
        define(client)
        return client

    guild = discord.guild_id()
    with discord.running(make):
        assert answer(discord, "!roll") == ""
        assert answer(discord, f"{guild}>ROLL") == "ann rolled 6"
        assert answer(discord, f"{guild}>help") == ""


def test_an_error_that_quotes_its_user_pings_nobody(discord: Discord) -> None:
    def make() -> Client:
        client = Client(allowed_mentions=None)
        define(client)
        return client

    with discord.running(make):
        assert "@everyone" in answer(discord, "!roll @everyone")
        assert "@everyone" in answer(discord, "!help @everyone")
        assert "@everyone" in answer(discord, "!roll 1 @everyone")
    said = [one.data for one in discord.channel().messages if one.author == "bot"]
    assert len(said) == 3
    assert not any(one["mention_everyone"] for one in said)


def test_what_cannot_be_a_fallback() -> None:
    client = Client(token="a.b.c")
    note, other = client.group("note"), client.group("other")

    @note.command(prefix=True, description="x")
    def show(ctx: Context) -> None: ...

    @note.command(description="x")
    def slash(ctx: Context) -> None: ...

    with pytest.raises(CommandDefinitionError, match="a command of it"):
        other.fallback(show)
    with pytest.raises(CommandDefinitionError, match="only a prefix command"):
        note.fallback(slash)
    assert note.fallback(show) is show
    with pytest.raises(CommandDefinitionError, match="'show' already"):
        note.fallback(show)


def test_a_group_whose_name_is_taken_is_refused_when_it_gets_prefix_commands() -> None:
    client = Client(token="a.b.c")

    @client.command(prefix=True, slash=False)
    def note(ctx: Context) -> None: ...

    group = client.group("note")
    with pytest.raises(CommandDefinitionError, match="there is a prefix command 'note' already"):

        @group.command(prefix=True, description="x")
        def show(ctx: Context) -> None: ...


class German(Texts):
    def bad_argument(self, ctx: Context, parameter: str, value: object, accepts: str) -> str:
        return f"{parameter}: {value} geht nicht ({accepts})"


def test_what_does_not_fit_is_told_in_other_words(discord: Discord, bot: Client) -> None:
    before = texts()
    use_texts(German())
    try:
        assert answer(discord, "!roll many") == "sides: many geht nicht (a whole number)"
    finally:
        use_texts(before)
    assert answer(discord, "!roll many") == 'sides must be a whole number, not "many"'
