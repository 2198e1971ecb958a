"""The whole of it against a local Discord: what is sent, what comes of it, what is said."""

from __future__ import annotations

import logging
import re
from typing import Annotated, Any

import pytest

from disruption import Client
from disruption.commands.context import Context, MessageContext
from disruption.commands.parameters import Range
from disruption.commands.sync import SyncFailed, SyncReport, sync_at_start, sync_commands
from disruption.errors import InvalidArgument, Unauthorized
from disruption.local import LocalDiscord
from disruption.local.server import Bot
from disruption.types import Message, Permissions


@pytest.fixture
def bot(local: LocalDiscord) -> Bot:
    local.limits.enabled = False
    return local.add_bot("bot")


@pytest.fixture
def home(local: LocalDiscord) -> int:
    return int(local.world.guilds.all()[0])


class Code:
    """The code of a bot at one moment, and what its synchronisation sends."""

    def __init__(self, local: LocalDiscord, bot: Bot) -> None:
        self._local, self._bot = local, bot
        self.client = Client(token=bot.token, rest_url=local.rest_url)
        self.sent: list[str] = []  # the requests that change something
        self.bodies: list[Any] = []

    def define(self, *names: str, **options: Any) -> Code:
        """Define commands that differ in their names alone."""
        for name in names:

            def callback(ctx: Context) -> None: ...

            self.client.command(name, description=f"Do {name}", **options)(callback)
        return self

    def sync(self, **options: Any) -> SyncReport:
        self._local.requests.clear()
        try:
            return sync_commands(self.client, **options)
        finally:
            changing = [seen for seen in self._local.requests if seen.method != "GET"]
            self.sent = [f"{one.method} {re.sub('[0-9]+', '#', one.path)}" for one in changing]
            self.bodies = [one.body for one in changing]

    def there(self, guild: int | None = None) -> dict[str, dict[str, Any]]:
        """Return what is registered, by name."""
        place = None if guild is None else str(guild)
        listed = self._local.world.commands.list(self._bot.application_id, place)
        return {command["name"]: command for command in listed}


@pytest.fixture
def code(local: LocalDiscord, bot: Bot) -> Any:
    return lambda: Code(local, bot)


ALL = "/applications/#/commands"
ONE = "/applications/#/commands/#"
GUILD = "/applications/#/guilds/#/commands"


def test_the_first_time_all_is_made_and_the_second_nothing_is_sent(code: Any) -> None:
    first = code()

    @first.client.command()
    def roll(ctx: Context, sides: Annotated[int, Range(2, 100)] = 6) -> None:
        """Roll dice.

        Args:
            sides: How many.
        """

    @first.client.message_command("Quote")
    def quote(ctx: MessageContext, message: Message) -> None: ...

    music = first.client.group("music", description="Music")

    @music.command(description="Play")
    def play(ctx: Context, title: str) -> None: ...

    report = first.sync()
    assert first.sent == [f"POST {ALL}"] * 3
    assert not report.is_same
    assert set(first.there()) == {"roll", "Quote", "music"}
    assert report.get("roll").id == int(first.there()["roll"]["id"])
    assert re.search(r"\+ /roll  Roll dice\.  \(.*test_sync_local\.py:\d+\)", str(report))

    again = first.sync()
    assert first.sent == []
    assert again.is_same
    assert again.get("roll").id == report.get("roll").id


def test_a_changed_command_is_sent_the_fields_that_changed(code: Any) -> None:
    code().define("roll", "ban").sync()
    changed = code().define("roll")
    changed.define("ban", default_member_permissions=Permissions.BAN_MEMBERS, nsfw=True)
    report = changed.sync()
    assert changed.sent == [f"PATCH {ONE}"]
    assert changed.bodies == [{"default_member_permissions": "4", "nsfw": True}]
    assert "+ default_member_permissions: BAN_MEMBERS" in str(report)
    assert changed.sync().is_same


def test_what_is_not_defined_is_deleted_or_kept(code: Any) -> None:
    code().define("roll", "old").sync()
    kept = code().define("roll")
    kept.sync(delete=False)
    assert kept.sent == []
    assert "old" in kept.there()
    kept.sync()
    assert kept.sent == [f"DELETE {ONE}"]
    assert set(kept.there()) == {"roll"}


def test_a_dry_run_sends_nothing(code: Any) -> None:
    one = code().define("roll")
    report = one.sync(dry_run=True)
    assert one.sent == []
    assert report.dry_run
    assert len(report.plans[0].creates) == 1


def test_many_differences_go_in_one_request_and_ids_stay(code: Any) -> None:
    code().define("a", "b", "c", "d", "stays").sync()
    many = code().define("a", "b", "c", "d", nsfw=True).define("stays", "new")
    ids = {name: one["id"] for name, one in many.there().items()}
    report = many.sync()
    assert many.sent == [f"PUT {ALL}"]
    assert {name: one["id"] for name, one in many.there().items() if name != "new"} == ids
    assert report.get("new").id == int(many.there()["new"]["id"])
    assert len(report.commands) == 6
    assert many.sync().is_same


def test_without_deleting_many_differences_keep_the_rest(code: Any) -> None:
    code().define("old").sync()
    many = code().define("a", "b", "c", "d", "e")
    many.sync(delete=False)
    assert many.sent == [f"PUT {ALL}"]
    assert set(many.there()) == {"a", "b", "c", "d", "e", "old"}


def test_a_rename_keeps_the_id_and_is_told(code: Any, caplog: pytest.LogCaptureFixture) -> None:
    before = code()

    def callback(ctx: Context, sides: int = 6) -> None: ...

    before.client.command("roll", description="Roll")(callback)
    before.sync()
    after = code()
    after.client.command("dice", description="Roll")(callback)
    after.define("a", "b", "c", "d", "e")
    old = before.there()["roll"]["id"]
    with caplog.at_level(logging.WARNING):
        report = after.sync()
    assert after.sent == [f"PATCH {ONE}", f"PUT {ALL}"]
    assert after.there()["dice"]["id"] == old
    assert report.warnings == ["/roll is now /dice: it keeps its id, and with it who may use it"]
    assert report.warnings[0] in caplog.text


def test_commands_of_a_guild_go_there(code: Any, home: int) -> None:
    one = code().define("everywhere").define("here", guilds=[home], contexts=[0])
    report = one.sync()
    assert one.sent == [f"POST {ALL}", f"POST {GUILD}"]
    assert set(one.there()) == {"everywhere"}
    assert set(one.there(home)) == {"here"}
    assert report.get("here", guild_id=home)
    assert one.sync().is_same


def test_test_guilds_get_everything_and_nothing_else_is_touched(code: Any, home: int) -> None:
    one = code().define("everywhere").define("here", guilds=[home])
    one.sync(guilds=[home])
    assert one.sent == [f"POST {GUILD}"] * 2
    assert set(one.there(home)) == {"everywhere", "here"}
    assert one.there() == {}


def test_what_a_test_has_left_is_told_and_cleared(code: Any, home: int) -> None:
    one = code().define("everywhere")
    one.sync(guilds=[home])
    report = one.sync()
    assert one.sent == [f"POST {ALL}"]
    assert len(report.warnings) == 1
    assert f"sync_commands(clear=[{home}])" in report.warnings[0]
    report = one.sync(clear=[home])
    assert one.sent == [f"DELETE {GUILD}/#"]
    assert one.there(home) == {}
    assert report.warnings == []


def test_a_test_guild_that_sees_everything_twice_is_told(code: Any, home: int) -> None:
    one = code().define("everywhere")
    one.sync()
    report = one.sync(guilds=[home])
    assert "/everywhere: both for all guilds and in guild" in report.warnings[0]


def test_the_entry_point_survives_also_where_all_is_replaced(
    code: Any, local: LocalDiscord, bot: Bot
) -> None:
    launch = {"type": 4, "name": "launch", "handler": 2}
    local.world.commands.create(bot.application_id, launch)
    one = code().define("a", "b", "c", "d", "e")
    one.sync()
    assert one.sent == [f"PUT {ALL}"]
    assert set(one.there()) == {"launch", "a", "b", "c", "d", "e"}
    assert one.sync().is_same


def test_too_many_commands_are_refused_as_a_whole(code: Any) -> None:
    one = code().define(*(f"c{number}" for number in range(101)))
    with pytest.raises(SyncFailed, match=r"all guilds: Maximum number .*code 30032") as caught:
        one.sync()
    assert one.there() == {}
    assert caught.value.report.refusals[0].key is None


def test_a_guild_without_the_bot_is_refused_and_the_others_are_done(code: Any) -> None:
    one = code().define("everywhere").define("far", guilds=[123456789012345678])
    with pytest.raises(SyncFailed, match=r"guild 123456789012345678: .*not in this guild"):
        one.sync()
    assert set(one.there()) == {"everywhere"}


def test_guilds_must_be_ids_and_at_least_one(code: Any) -> None:
    with pytest.raises(InvalidArgument, match="names no guild"):
        code().sync(guilds=[])
    with pytest.raises(InvalidArgument):
        code().sync(guilds=["home"])


def test_a_wrong_token_is_said(local: LocalDiscord) -> None:
    client = Client(token="MTA.x.y", rest_url=local.rest_url)
    with pytest.raises(Unauthorized):
        sync_commands(client)
    assert sync_at_start(client, "warn") is None
    assert client.counters["commands.sync_errors"] == 1


def test_at_the_start_it_is_told_what_differs(code: Any, caplog: pytest.LogCaptureFixture) -> None:
    one = code().define("roll")
    with caplog.at_level(logging.WARNING):
        report = sync_at_start(one.client, "warn")
    assert report is not None
    assert not report.is_same
    assert "+ /roll" in caplog.text
    assert one.there() == {}


def test_at_the_start_it_can_be_made_the_same(code: Any) -> None:
    one = code().define("roll")
    sync_at_start(one.client, "apply")
    assert set(one.there()) == {"roll"}
