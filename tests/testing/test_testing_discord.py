"""People act, bots answer, and expectations wait for it or explain why it did not happen."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable

import pytest
from testing_bot import Bot

from disruption import Client, Embed, Handler, InvalidArgument
from disruption.testing import Discord, DriverError, ExpectationFailed, User
from disruption.testing.errors import HandlersFailed

NEVER = 0.05  # seconds in which something that does not happen has not happened


class TestMessages:
    def test_a_reply(self, discord: Discord, bot: Client) -> None:
        asked = discord.user("ann").say("!ping")
        answer = discord.channel().expect("Pong!", reply_to=asked, author="bot")
        assert answer.author == "bot"

    def test_a_pattern_and_a_predicate(self, discord: Discord, bot: Client) -> None:
        ann, general = discord.user("ann"), discord.channel()
        ann.say("!ping")
        general.expect(re.compile("^P"))
        ann.say("!ping")
        general.expect(lambda message: message["author"]["bot"])

    def test_an_edit(self, discord: Discord, bot: Client) -> None:
        discord.user("ann").say("!count")
        discord.channel().expect("1, 2")

    @pytest.mark.parametrize(
        "wanted",
        [
            "A card",
            "of paper",
            re.compile("^A c"),
            {"title": "A card", "color": 3},
            Embed(title="A card"),
            True,
            lambda embed: embed["color"] == 3,
        ],
    )
    def test_an_embed(self, discord: Discord, bot: Client, wanted: object) -> None:
        discord.user("ann").say("!card")
        discord.channel().expect(embed=wanted)

    def test_files_both_ways(self, discord: Discord, bot: Client) -> None:
        ann, general = discord.user("ann"), discord.channel()
        ann.say(files={"cat.png": b"meow"})
        general.expect("Thank you for cat.png")
        ann.say("!file")
        general.expect("Here", files=["a.txt"])

    def test_direct_messages(self, discord: Discord, bot: Client) -> None:
        discord.user("ann").dm("!ping").expect("Pong!")

    def test_another_channel(self, discord: Discord, bot: Client) -> None:
        other = discord.add_channel("#other")
        discord.user("ann").at("#other").say("!ping")
        other.expect("Pong!")
        discord.channel().expect_nothing()

    def test_a_dialogue(self, discord: Discord, bot: Client) -> None:
        ann, general = discord.user("ann"), discord.channel()
        ann.say("!name")
        general.expect("What is your name?")
        ann.say("Ann")
        general.expect("Hello Ann")

    def test_a_reaction_a_deletion_and_typing(self, discord: Discord, bot: Client) -> None:
        ann, general = discord.user("ann"), discord.channel()
        general.expect_reaction(ann.say("!wave"), "👋")
        general.expect_deletion(ann.say("!clear"))
        ann.say("!type")
        general.expect_typing()

    def test_silence_is_known_when_the_bot_is_done(self, discord: Discord, bot: Client) -> None:
        discord.user("ann").say("nothing for a bot")
        discord.channel().expect_nothing()
        discord.channel().expect_nothing(for_=NEVER)

    def test_silence_that_is_broken(self, discord: Discord, bot: Client) -> None:
        discord.user("ann").say("!ping")
        with pytest.raises(ExpectationFailed, match="A bot spoke in #general:\n  bot: 'Pong!'"):
            discord.channel().expect_nothing()


class TestInteractions:
    def test_a_slash_command_with_awkward_names(self, discord: Discord, bot: Client) -> None:
        used = discord.user("ann").slash("roll", sides=6, timeout=7)
        used.expect("rolled sides=6, timeout=7", ephemeral=True)

    def test_a_deferred_answer(self, discord: Discord, bot: Client) -> None:
        used = discord.user("ann").slash("slow")
        used.expect_defer()
        used.expect("at last")

    def test_a_button(self, discord: Discord, bot: Client) -> None:
        ann = discord.user("ann")
        ann.say("!ask")
        asked = discord.channel().expect("Sure?", components="Yes")
        ann.click(asked, "Yes").expect("Done", components=False)

    def test_a_menu(self, discord: Discord, bot: Client) -> None:
        ann = discord.user("ann")
        ann.say("!choose")
        asked = discord.channel().expect("Which?", components=["colour"])
        ann.select(asked, "Blue").expect("You like ['blue']")

    @pytest.mark.parametrize("name", ["name", "Your name"])
    def test_a_modal(self, discord: Discord, bot: Client, name: str) -> None:
        ann = discord.user("ann")
        opened = ann.slash("form")
        assert opened.modal()["title"] == "A form"
        ann.submit(opened, {name: "Ann"}).expect("Hello Ann")

    def test_autocomplete_and_a_context_menu(self, discord: Discord, bot: Client) -> None:
        ann = discord.user("ann")
        assert ann.autocomplete("roll", "kind", "d") == []
        ann.use_on(ann.say("wise words"), "Quote").expect("quoted")

    def test_an_answer_that_is_something_else(self, discord: Discord, bot: Client) -> None:
        used = discord.user("ann").slash("roll")
        with pytest.raises(ExpectationFailed, match=r"not 'x' within 0.05 s: its text is 'rolled "):
            used.expect("x", timeout=NEVER)
        with pytest.raises(ExpectationFailed, match="not with a modal"):
            used.modal(NEVER)
        with pytest.raises(ExpectationFailed, match="did not defer"):
            used.expect_defer()

    def test_what_cannot_be_done_says_so(self, discord: Discord, bot: Client) -> None:
        with pytest.raises(DriverError, match="no option side"):
            discord.user("ann").slash("roll", side=6)


class TestWorld:
    def test_members_come_and_go(self, discord: Discord, bot: Client) -> None:
        ann = discord.user("ann")
        ann.leave()
        ann.join("Home")
        discord.expect_event("GUILD_MEMBER_REMOVE", lambda data: data["user"]["id"] == ann.id)

    def test_roles_are_given(self, discord: Discord) -> None:
        ann = discord.user("ann")
        role = ann.give_role("mods", "BAN_MEMBERS")
        assert ann.give_role("mods") == role
        member = discord.world.members.get(discord.guild_id(), ann.id)
        assert member["roles"] == [role]
        with pytest.raises(DriverError, match="no guild 'Away'"):
            discord.guild_id("Away")

    def test_the_audit_log(self, discord: Discord, bot: Client) -> None:
        ann = discord.user("ann")
        bot.guild(int(discord.guild_id())).ban(int(ann.id), reason="spam")
        entry = discord.expect_audit("MEMBER_BAN_ADD", target=ann, reason="spam")
        assert entry in discord.audit_log
        with pytest.raises(ExpectationFailed, match="An entry MEMBER_KICK"):
            discord.expect_audit("MEMBER_KICK", timeout=NEVER)
        with pytest.raises(DriverError, match="'MEMBER_BITE'"):
            discord.expect_audit("MEMBER_BITE")

    def test_requests(self, discord: Discord, bot: Client) -> None:
        discord.user("ann").say("!ping")
        route = "/channels/{channel_id}/messages"
        seen = discord.expect_request("POST", route, lambda seen: seen.status == 200)
        assert seen.body["content"] == "Pong!"
        assert seen in list(discord.requests)
        assert seen in (discord.requests[-1], *discord.requests[:-1])
        with pytest.raises(ExpectationFailed, match=r"No request GET /x came within 0\.05 s"):
            discord.expect_request("GET", "/x", timeout=NEVER)

    def test_time_is_moved(self, discord: Discord, bot: Client) -> None:
        used = discord.user("ann").slash("slow")
        used.expect("at last")
        discord.advance(16 * 60)
        record = used.view.record
        with pytest.raises(Exception, match="Invalid Webhook Token"):
            discord.world.interactions.original(record.application_id, record.token)

    def test_two_bots(self, discord: Discord, bot: Client) -> None:
        with discord.running(Bot, "second") as second:
            assert discord.clients == [bot, second]
            discord.user("ann").say("!ping")
            discord.channel().expect("Pong!", author="bot")
        discord.user("ann").say("!ping")
        assert discord.clients == [bot]


class TestFailures:
    def test_tells_what_came_the_conversation_and_the_traffic(
        self, discord: Discord, bot: Client
    ) -> None:
        discord.user("ann").say("!ping")
        discord.settle()
        with pytest.raises(ExpectationFailed) as failed:
            discord.channel().expect("Ping!", timeout=NEVER)
        told = str(failed.value)
        for line in (
            "No bot said 'Ping!' in #general within 0.05 s.",
            "This came instead:\n  bot: 'Pong!'  (its text is 'Pong!')",
            "#general  ann: '!ping'",
            "bot is connected, with intents <Intents GUILDS|GUILD_MESSAGES|",
            "MESSAGE_CREATE → bot: ann: '!ping'",
            'sent {"content": "Pong!"',
        ):
            assert line in told

    def test_tells_what_discord_refused(self, discord: Discord, bot: Client) -> None:
        discord.user("ann").say("!empty")
        discord.expect_error(match="50006")
        assert "/messages → 400" in discord.explain()
        assert '"code": 50006' in discord.explain()

    def test_tells_no_token(self, discord: Discord, bot: Client) -> None:
        discord.user("ann").slash("roll").expect()
        assert "/interactions/{interaction_id}/{interaction_token}/callback → " in (
            discord.explain()
        )
        assert "aW50ZXJhY3Rpb24" not in discord.explain()

    def test_tells_when_no_bot_gets_an_event(self, discord: Discord) -> None:
        with discord.running(lambda token, rest_url: Client(None, token, rest_url=rest_url)):
            discord.user("ann").say("!ping")
            with pytest.raises(ExpectationFailed, match="MESSAGE_CREATE → no bot: ann: '!ping'"):
                discord.channel().expect("Pong!", timeout=NEVER)

    def test_does_not_wait_when_a_handler_has_failed(self, discord: Discord, bot: Client) -> None:
        discord.user("ann").say("!crash")
        with pytest.raises(ExpectationFailed, match="A handler failed: ValueError") as failed:
            discord.channel().expect("Pong!", timeout=3600)
        assert str(failed.value.__cause__) == "this bot is broken"
        discord.check()  # it has been told

    def test_an_error_fails_the_check_once(self, discord: Discord, bot: Client) -> None:
        discord.user("ann").say("!crash")
        with pytest.raises(HandlersFailed, match=r"ValueError.* on MESSAGE_CREATE") as failed:
            discord.check()
        assert str(failed.value.errors[0]) == "this bot is broken"
        discord.check()

    def test_an_error_that_is_expected(self, discord: Discord, bot: Client) -> None:
        discord.user("ann").say("!crash")
        assert isinstance(discord.expect_error(ValueError, "broken"), ValueError)
        discord.check()
        with pytest.raises(ExpectationFailed, match=r"No handler raised KeyError within 0\.05 s"):
            discord.expect_error(KeyError, timeout=NEVER)

    def test_tells_how_long_an_answer_was_waited_for(self, discord: Discord) -> None:
        with discord.running(Handler) as silent:
            application = str(silent.rest.get_current_application().id)
            discord.world.commands.create(application, {"name": "roll", "description": "Roll"})
            used = discord.user("ann").slash("roll")
            with pytest.raises(ExpectationFailed, match=r"not answered within 0\.05 s: the user"):
                used.expect("You rolled 6", timeout=NEVER)

    def test_expectations_that_make_no_sense_are_refused(self, discord: Discord) -> None:
        general = discord.channel()
        with pytest.raises(InvalidArgument, match="3 cannot be expected"):
            general.expect(3)  # type: ignore[arg-type]
        with pytest.raises(InvalidArgument, match="for_=-1 is no number of seconds"):
            general.expect_nothing(for_=-1)
        for wrong in ("2", -1, True, float("nan")):
            with pytest.raises(InvalidArgument, match=r"timeout=.* is no number of seconds"):
                general.expect("Pong!", timeout=wrong)  # type: ignore[arg-type]
            with pytest.raises(InvalidArgument, match=r"timeout=.* is no number of seconds"):
                discord.expect(lambda: True, timeout=wrong)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("wrong", "problem"),
        [
            (lambda discord, ann: discord.user(""), "A person's name has 1 to 32 characters"),
            (lambda discord, ann: discord.user(5), "A person's name is a text, not 5"),
            (lambda discord, ann: discord.add_channel(""), "A channel's name has 1 to 100"),
            (lambda discord, ann: discord.advance("x"), "seconds='x' is no number of seconds"),
            (lambda discord, ann: discord.expect(5), "takes a function to ask, not 5"),
            (lambda discord, ann: ann.say(5), "is a text, not 5"),
            (lambda discord, ann: ann.say("x", files=["a"]), "files are given by their names"),
            (lambda discord, ann: ann.say("x", reply_to="y"), "'y' is no message"),
            (lambda discord, ann: ann.edit("x", "y"), "'x' is no message: give what say()"),
            (lambda discord, ann: ann.click(None, "Yes"), "None is no message"),
            (lambda discord, ann: ann.submit(None), "None opens no modal"),
            (lambda discord, ann: ann.slash(""), "A command's name has 1 to 98 characters"),
            (lambda discord, ann: ann.ask("Cake?"), "a poll has 1 to 10 answers, not 0"),
            (lambda discord, ann: ann.ask("Cake?", "Yes", hours=0), "longer than no time"),
            (lambda discord, ann: ann.give_role("mods", "EAT"), "no permission 'EAT'"),
        ],
    )
    def test_what_can_mean_nothing_is_refused(
        self, discord: Discord, wrong: Callable[[Discord, User], object], problem: str
    ) -> None:
        with pytest.raises(InvalidArgument, match=re.escape(problem)):
            wrong(discord, discord.user("ann"))

    def test_a_clients_own_objects_are_understood(self, discord: Discord, bot: Client) -> None:
        ann, general = discord.user("ann"), discord.channel()
        ann.say("!ping")
        general.expect("Pong!")
        channel = bot.channel(int(general.id))
        (sent, *_) = bot.rest.get_channel_messages(channel.id, limit=1)
        assert discord.channel(sent.channel_id).name == "#general"
        ann.react(sent, "👍")
        general.expect_reaction(sent, "👍")

    def test_a_condition_of_ones_own(self, discord: Discord) -> None:
        discord.expect(lambda: True)
        with pytest.raises(ExpectationFailed, match=r"The moon did not happen within 0\.05 s"):
            discord.expect(lambda: False, "The moon", timeout=NEVER)


def test_it_is_started_and_stopped_many_times_and_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    for _ in range(10):
        with Discord() as discord:
            discord.user("ann").say("hello")
    assert set(threading.enumerate()) <= before


def test_errors_are_logged_under_the_worlds_lock_without_harm(
    discord: Discord, bot: Client
) -> None:
    """The log handler takes the world's lock; whoever holds it may log at the same moment."""
    log = logging.getLogger("disruption.local.test")
    log.propagate = True
    done = threading.Event()

    def log_much() -> None:
        for _ in range(50):
            with discord.world.lock:
                log.error("this is a test", exc_info=ValueError())
        done.set()

    thread = threading.Thread(target=log_much)
    thread.start()
    for _ in range(50):
        discord.errors.add(ValueError(), "a test")
    thread.join(20)
    assert done.is_set()
