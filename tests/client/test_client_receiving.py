"""Four ways to receive, orderings, waiting, and what handlers raise."""

from __future__ import annotations

import logging
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from client_bots import PATIENCE, Heard, Listener, People, finish, in_thread, threads_of

from disruption import (
    Client,
    ClientStopped,
    Handler,
    Message,
    MessageCreate,
    NotConnected,
    Ready,
    WaitTimeout,
)
from disruption.local import LocalDiscord
from disruption.local.server import Bot

MakeClient = Callable[..., Client]


def test_four_ways_to_receive(make: MakeClient, people: People):
    heard = Heard()

    class Both(Handler):
        def on_message(self, message: Any) -> None:
            heard.add(("method", message.content))

        def on_event(self, event: Any) -> None:
            if isinstance(event, MessageCreate):
                heard.add(("every", event.content))

    client = make(Both())

    @client.on(MessageCreate)
    def function(message: MessageCreate) -> None:
        heard.add(("function", message.content))

    client.connect(PATIENCE)
    stream = client.events(MessageCreate, timeout=PATIENCE)
    waiter, waited = in_thread(
        lambda: client.wait_for(MessageCreate, check=lambda m: m.content == "hello").content
    )
    while client.stats.dispatch.waiting < 2:
        people.say("not yet")  # until the other thread waits as well
        assert next(stream).content == "not yet"
    people.say("hello")
    assert next(stream).content == "hello"
    finish(waiter)
    assert waited == ["hello"]
    heard.wait_item(("function", "hello"))
    order = [way for way, text in heard.items if text == "hello"]
    assert order == ["method", "every", "function"]


def test_handlers_get_objects_bound_to_the_client(make: MakeClient, people: People):
    class Echo(Handler):
        def on_message(self, message: Message) -> None:
            if message.content == "!ping":
                message.reply("Pong!")

    client = make(Echo())
    client.connect(PATIENCE)
    people.say("!ping")
    people.world.channel("#general").expect("Pong!", timeout=PATIENCE)


def test_methods_get_the_parameters_that_were_asked_for(make: MakeClient, people: People):
    heard = Heard()

    class All(Handler):
        def on_message_delete(self, message_id: int, channel_id: int, guild_id: Any) -> None:
            heard.add(("delete", message_id, channel_id, guild_id))

        def on_message_reaction_add(
            self, user_id: int, channel_id: int, message_id: int, guild_id: Any, emoji: Any
        ) -> None:
            heard.add(("add", user_id, channel_id, message_id, guild_id, emoji.name))

        def on_message_reaction_remove(
            self, user_id: int, channel_id: int, message_id: int, guild_id: Any, emoji: Any
        ) -> None:
            heard.add(("remove", user_id, channel_id, message_id, guild_id, emoji.name))

        def on_guild_delete(self, guild_id: int, unavailable: bool) -> None:
            heard.add(("guild", guild_id, unavailable))

        def on_guild_member_add(self, guild_id: int, member: Any) -> None:
            heard.add(("join", guild_id, member.user.username))

        def on_guild_member_update(self, guild_id: int, member: Any) -> None:
            heard.add(("nick", guild_id, member.nick))

        def on_guild_member_remove(self, guild_id: int, user: Any) -> None:
            heard.add(("leave", guild_id, user.username))

        def on_guild_role_create(self, guild_id: int, role: Any) -> None:
            heard.add(("role", guild_id, role.name))

        def on_guild_role_delete(self, guild_id: int, role_id: int) -> None:
            heard.add(("no role", guild_id, role_id))

    make(All(), workers=1).connect(PATIENCE)
    world, ann = people.world, people.ann.id
    guild, channel = int(people.guild), int(people.general)
    message = world.messages.create(people.general, ann, "x")["id"]
    world.reactions.add(people.general, message, ann, "🔥")
    world.reactions.remove(people.general, message, ann, "🔥")
    world.messages.delete(people.general, message)
    bob = world.users.create("bob")["id"]
    world.members.add(people.guild, bob)
    world.members.update(people.guild, bob, {"nick": "Bobby"})
    world.members.remove(people.guild, bob)
    role = world.roles.create(people.guild, name="boss")["id"]
    world.roles.delete(people.guild, role)
    world.guilds.set_unavailable(people.guild, True)
    user, note = int(ann), int(message)
    assert heard.wait_count(9) == [
        ("add", user, channel, note, guild, "🔥"),
        ("remove", user, channel, note, guild, "🔥"),
        ("delete", note, channel, guild),
        ("join", guild, "bob"),
        ("nick", guild, "Bobby"),
        ("leave", guild, "bob"),
        ("role", guild, "boss"),
        ("no role", guild, int(role)),
        ("guild", guild, True),
    ]


def test_one_worker_is_strictly_serial(make: MakeClient, people: People):
    heard, busy = Heard(), threading.Lock()

    class Serial(Handler):
        def on_message(self, message: Any) -> None:
            assert busy.acquire(blocking=False)
            heard.add(message.content)
            busy.release()

    client = make(Serial(), workers=1)
    client.connect(PATIENCE)
    for number in range(200):
        people.say(str(number))
    assert heard.wait_count(200) == [str(number) for number in range(200)]
    assert len([name for name in threads_of(client) if "worker" in name]) == 1


@pytest.mark.parametrize("ordering", ["channel", "guild", "function"])
def test_an_ordering_keeps_each_key_in_order(make: MakeClient, people: People, ordering: str):
    heard: dict[int, list[int]] = defaultdict(list)
    busy: dict[int, threading.Lock] = defaultdict(threading.Lock)
    done = Heard()
    key: Any = ordering
    if ordering == "function":
        key = lambda event: getattr(event, "channel_id", None)  # noqa: E731

    class Ordered(Handler):
        def on_message(self, message: Any) -> None:
            one = message.guild_id if ordering == "guild" else message.channel_id
            if not busy[one].acquire(blocking=False):
                done.add("two at once")
            heard[message.channel_id].append(int(message.content))
            busy[one].release()
            done.add(message.content)

    client = make(Ordered(), ordering=key, workers=4)
    channels = [people.channel(f"channel-{number}") for number in range(5)]
    client.connect(PATIENCE)
    for number in range(300):
        people.say(str(number), channels[number % 5])
    assert "two at once" not in done.wait_count(300)
    for index, channel in enumerate(channels):
        assert heard[int(channel)] == list(range(index, 300, 5))


def test_a_blocked_channel_does_not_hold_up_others(make: MakeClient, people: People):
    gate, heard = threading.Event(), Heard()

    class Slow(Handler):
        def on_message(self, message: Any) -> None:
            if message.content == "block":
                assert gate.wait(PATIENCE)
            heard.add(message.content)

    make(Slow(), ordering="channel", workers=2).connect(PATIENCE)
    other = people.channel("other")
    people.say("block")
    people.say("after it")
    people.say("elsewhere", other)
    heard.wait_item("elsewhere")
    assert heard.items == ["elsewhere"]
    gate.set()
    assert heard.wait_count(3) == ["elsewhere", "block", "after it"]


def test_an_error_is_logged_and_the_bot_carries_on(
    make: MakeClient, people: People, caplog: pytest.LogCaptureFixture
):
    heard = Heard()

    class Unlucky(Handler):
        def on_message(self, message: Any) -> None:
            if message.content == "fail":
                raise LookupError("nothing there")
            heard.add(message.content)

    client = make(Unlucky(), workers=1)
    client.connect(PATIENCE)
    with caplog.at_level(logging.ERROR, "disruption"):
        people.say("fail")
        people.say("go on")
        heard.wait_item("go on")
    record = next(r for r in caplog.records if r.name == "disruption.handler")
    assert "MESSAGE_CREATE" in record.getMessage()
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], LookupError)
    assert "raise LookupError" in caplog.text  # the traceback leads into the handler
    assert client.counters["dispatch.handler_errors"] == 1


def test_an_error_in_one_of_several_functions(make: MakeClient, people: People):
    heard = Heard()

    class Both(Handler):
        def on_message(self, message: Any) -> None:
            raise LookupError("method")

        def on_error(self, error: BaseException, event: Any) -> None:
            heard.add((str(error), event.content))

    client = make(Both(), workers=1)

    @client.on(MessageCreate)
    def first(message: Any) -> None:
        raise LookupError("first")

    @client.on(MessageCreate)
    def second(message: Any) -> None:
        heard.add("second")

    client.connect(PATIENCE)
    people.say("x")
    assert heard.wait_count(3) == [("method", "x"), ("first", "x"), "second"]


def test_an_on_error_that_fails(make: MakeClient, people: People, caplog: pytest.LogCaptureFixture):
    heard = Heard()

    class Hopeless(Handler):
        def on_message(self, message: Any) -> None:
            if message.content == "fail":
                raise LookupError("the first")
            heard.add(message.content)

        def on_error(self, error: BaseException, event: Any) -> None:
            raise ArithmeticError("the second")

    client = make(Hopeless(), workers=1)
    client.connect(PATIENCE)
    with caplog.at_level(logging.ERROR, "disruption"):
        people.say("fail")
        people.say("go on")
        heard.wait_item("go on")
    assert "the first" in caplog.text
    assert "the second" in caplog.text
    assert client.counters["dispatch.on_error_errors"] == 1


def test_functions_without_a_handler_log_their_errors(
    make: MakeClient, people: People, caplog: pytest.LogCaptureFixture
):
    client = make(workers=1)
    heard = Heard()

    @client.on(MessageCreate)
    def fail(message: Any) -> None:
        heard.add(message.content)
        raise LookupError("nobody there")

    client.connect(PATIENCE)
    with caplog.at_level(logging.ERROR, "disruption"):
        people.say("one")
        people.say("two")
        heard.wait_count(2)
        client.stop()
    assert caplog.text.count("LookupError: nobody there") == 2


@pytest.mark.parametrize(
    "leave", [lambda: sys.exit(3), lambda: (_ for _ in ()).throw(KeyboardInterrupt)]
)
def test_an_exit_in_a_handler_stops_the_client(
    make: MakeClient, people: People, leave: Callable[[], object]
):
    class Leaver(Handler):
        def on_message(self, message: Any) -> None:
            leave()

    client = make(Leaver())
    thread, outcome = in_thread(client.start)
    people.await_session()
    people.say("leave")
    finish(thread)
    assert outcome == [None]
    assert threads_of(client) == []


def test_many_handlers_wait_at_once(make: MakeClient, people: People):
    """More dialogues than workers, none of which may hold up the others."""
    asked, heard = Heard(), Heard()

    class Dialogue(Handler):
        def on_message(self, message: Any) -> None:
            if message.content != "ask":
                return
            with client.events(MessageCreate, channel_id=message.channel_id) as answers:
                asked.add(message.channel_id)
                heard.add(next(answers).content)

    client = make(Dialogue(), workers=2)
    channels = [people.channel(f"talk-{number}") for number in range(30)]
    client.connect(PATIENCE)
    for channel in channels:
        people.say("ask", channel)
    asked.wait_count(30)
    for channel in reversed(channels):
        people.say(f"answer in {channel}", channel)
    assert sorted(heard.wait_count(30)) == sorted(f"answer in {channel}" for channel in channels)


def test_wait_for_with_check_and_filters_in_a_handler(make: MakeClient, people: People):
    heard = Heard()

    class Dialogue(Handler):
        def on_message(self, message: Any) -> None:
            if message.content == "ask":
                message.channel.send("Yes or no?")
                answer = client.wait_for(
                    MessageCreate,
                    channel_id=message.channel_id,
                    check=lambda m: m.content in ("yes", "no"),
                    timeout=PATIENCE,
                )
                heard.add(answer.content)

    client = make(Dialogue(), ordering="channel")
    client.connect(PATIENCE)
    other = people.channel("other")
    people.say("ask")
    people.world.channel("#general").expect("Yes or no?", timeout=PATIENCE)
    people.say("no", other)
    people.say("hm")
    while not heard.items:  # it may not wait yet when the question has arrived
        with client.events(MessageCreate, channel_id=people.general) as seen:
            people.say("yes")
            next(seen)
    assert heard.items == ["yes"]


def test_an_answer_at_once_is_not_missed_by_expecting(make: MakeClient, people: People):
    heard = Heard()

    class Dialogue(Handler):
        def on_message(self, message: Any) -> None:
            if message.content != "ask":
                return
            with client.expecting(
                MessageCreate, channel_id=message.channel_id, author=message.author
            ) as answer:
                message.reply("Sure?")
                people.say("yes")  # quicker than any thread begins to wait
                heard.add(answer.result(PATIENCE).content)

    client = make(Dialogue())
    client.connect(PATIENCE)
    people.say("ask")
    assert heard.wait_count(1) == ["yes"]


def test_wait_for_gives_up_at_its_timeout(make: MakeClient):
    client = make()
    client.connect(PATIENCE)
    with pytest.raises(WaitTimeout):
        client.wait_for(Ready, timeout=0)


def test_wait_for_and_events_end_with_a_stop(make: MakeClient):
    client = make(Listener())
    client.connect(PATIENCE)
    waiting = [
        in_thread(lambda: client.wait_for(Ready)),
        in_thread(lambda: next(client.events(MessageCreate))),
        in_thread(lambda: client.fetch_members(1, query="x", limit=1, timeout=None)),
    ]
    client.stop()
    for thread, outcome in waiting:
        finish(thread)
        assert isinstance(outcome[0], (ClientStopped, NotConnected)), outcome


def test_a_stream_ends_at_its_limits(make: MakeClient, people: People):
    client = make(Listener())
    client.connect(PATIENCE)
    stream = client.events(MessageCreate, max=2, timeout=PATIENCE)
    for text in ("one", "two", "three"):
        people.say(text)
    assert [message.content for message in stream] == ["one", "two"]
    assert list(client.events(MessageCreate, timeout=0)) == []
    assert list(client.events(MessageCreate, idle=0)) == []


def test_a_full_stream_counts_what_it_drops(make: MakeClient, people: People):
    client = make(Listener())
    client.connect(PATIENCE)
    small = client.events(MessageCreate, buffer=3)
    large = client.events(MessageCreate)
    for number in range(10):
        people.say(str(number))
    for _ in range(10):
        next(large)
    assert small.dropped == 7
    assert [next(small).content for _ in range(3)] == ["7", "8", "9"]
    assert client.counters["dispatch.dropped_by_waiters"] == 7


def test_submit_runs_beside_the_handlers(make: MakeClient, people: People):
    heard = Heard()

    class Parallel(Handler):
        def on_message(self, message: Any) -> None:
            if message.content == "go":
                jobs = [client.submit(message.channel.send, f"job {n}") for n in range(3)]
                heard.add(sorted(job.result(PATIENCE).content for job in jobs))

    client = make(Parallel(), workers=1)
    client.connect(PATIENCE)
    people.say("go")
    assert heard.wait_count(1) == [["job 0", "job 1", "job 2"]]


def test_nothing_is_submitted_to_a_client_that_does_not_run(make: MakeClient):
    client = make()
    with pytest.raises(ClientStopped, match="connect"):
        client.submit(int)
    client.connect(PATIENCE)
    assert client.submit(int, "7").result(PATIENCE) == 7
    client.stop()
    with pytest.raises(ClientStopped):
        client.submit(int)


def test_members_are_fetched(make: MakeClient, people: People):
    for number in range(25):
        user = people.world.users.create(f"user{number}")["id"]
        people.world.members.add(people.guild, user)
    handler = type("Bot", (Handler,), {"on_guild_member_add": lambda self, guild_id, member: None})
    client = make(handler())
    client.connect(PATIENCE)
    guild = int(people.guild)
    members = client.fetch_members(guild, timeout=PATIENCE)
    assert len(members) == len(people.world.members.list(people.guild, limit=1000))
    found = client.fetch_members(guild, query="user1", limit=100, timeout=PATIENCE)
    assert {member.user.username for member in found if member.user} == {
        "user1",
        *(f"user{n}" for n in range(10, 20)),
    }
    assert client.fetch_members(guild, user_ids=[1], timeout=PATIENCE) == []


@pytest.mark.parametrize(
    "fault",
    ["drop", "reconnect", pytest.param("invalid_session", marks=pytest.mark.slow)],
)
def test_members_are_fetched_through_a_reconnect(
    make: MakeClient, local: LocalDiscord, people: People, fault: str, quick: None
):
    for number in range(25):
        user = people.world.users.create(f"user{number}")["id"]
        people.world.members.add(people.guild, user)
    client = make()
    client.connect(PATIENCE)
    local.faults.add(fault, event="GUILD_MEMBERS_CHUNK")
    found = client.fetch_members(int(people.guild), query="user", limit=100, timeout=PATIENCE)
    assert len(found) == 25
    assert local.faults.counts[fault] == 1
    assert client.counters["gateway.disconnects"] == 1


def test_members_of_a_client_that_is_not_connected(make: MakeClient, bot: Bot):
    with pytest.raises(NotConnected, match="connect"):
        make().fetch_members(1)
    with pytest.raises(NotConnected, match="connect"):
        make().update_presence(status="idle")


def test_presence_is_shown(make: MakeClient, people: People, bot: Bot):
    client = make()
    client.connect(PATIENCE)
    client.update_presence(status="idle")
    presences = people.world.presences
    assert people.world.wait_until(
        lambda: presences.get(people.guild, bot.user_id)["status"] == "idle", PATIENCE
    )


def test_stats_tell_what_goes_on(make: MakeClient, people: People):
    entered, gate = threading.Event(), threading.Event()

    class Busy(Handler):
        def on_message(self, message: Any) -> None:
            entered.set()
            assert gate.wait(PATIENCE)

    client = make(Busy(), workers=1)
    assert client.stats.uptime == 0
    assert not client.stats.ready
    client.connect(PATIENCE)
    with client.events(MessageCreate) as seen:
        for _ in range(3):
            people.say("x")
        for _ in range(3):
            next(seen)
    assert entered.wait(PATIENCE)
    with client.events(MessageCreate) as seen:
        people.say("flushed")  # what came before it is in the queue when it has been handed over
        next(seen)
    stats = client.stats
    assert stats.ready
    assert stats.uptime > 0
    assert stats.dispatch.pool.busy == 1
    assert stats.dispatch.pool.queued >= 2
    gate.set()
    client.stop()
    stats = client.stats
    assert stats.counts["gateway.events"] >= 4
    assert stats.counts["client.sessions_started"] == 1
    [name] = stats.dispatch.handlers
    assert name.endswith("Busy.on_message")
    assert stats.dispatch.handlers[name].count == 4
