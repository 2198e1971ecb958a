"""connect, start, stop: what they wait for, what they raise, what they leave behind."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from client_bots import PATIENCE, Heard, Listener, People, finish, in_thread, threads_of

from disruption import (
    AlreadyConnected,
    AuthenticationFailed,
    Client,
    ClientStopped,
    ConnectionFailed,
    DisallowedIntents,
    Handler,
    MessageCreate,
    RequestFailed,
)
from disruption.local import LocalDiscord
from disruption.local.server import Bot

MakeClient = Callable[..., Client]


def test_connect_returns_with_a_session(make: MakeClient, people: People):
    client = make(Listener())
    client.connect(PATIENCE)
    assert client.is_ready
    assert client.user is not None
    assert client.user.username == "bot"
    assert client.application is not None
    assert "ready" in repr(client)
    assert {"bot1-reader-0", "bot1-heartbeat-0"} <= set(threads_of(client))


def test_connect_again_returns_at_once(make: MakeClient):
    client = make()
    client.connect(PATIENCE)
    client.connect(0)
    assert client.counters["gateway.connects"] == 1


def test_a_bad_token_is_told_before_an_identify(make: MakeClient, local: LocalDiscord):
    client = make(Listener(), token="never.heard.of")
    with pytest.raises(AuthenticationFailed) as caught:
        client.connect(PATIENCE)
    assert "never.heard.of" not in str(caught.value)
    assert "https://discord.com/developers/applications" in str(caught.value)
    assert client.counters["gateway.sent.identify"] == 0
    assert threads_of(client) == []


def test_a_bad_token_is_told_without_privileged_intents_too(make: MakeClient):
    client = make(token="never.heard.of")
    with pytest.raises(AuthenticationFailed):
        client.connect(PATIENCE)
    assert client.counters["gateway.sent.identify"] == 0


def test_a_missing_intent_is_named_before_an_identify(make: MakeClient, local: LocalDiscord):
    bot = local.add_bot("shy", privileged=())
    client = make(Listener(), token=bot.token)
    with pytest.raises(DisallowedIntents) as caught:
        client.connect(PATIENCE)
    error = caught.value
    assert error.intents == ("MESSAGE_CONTENT",)
    for part in (
        "MESSAGE_CONTENT",
        "Message Content Intent",
        "https://discord.com/developers/applications",
        "content_intent=False",
    ):
        assert part in str(error)
    assert client.counters["gateway.sent.identify"] == 0
    assert threads_of(client) == []


def test_all_missing_intents_are_named_at_once(make: MakeClient, local: LocalDiscord):
    class Curious(Handler):
        def on_message(self, message: Any) -> None: ...

        def on_guild_member_add(self, guild_id: int, member: Any) -> None: ...

        def on_presence_update(self, event: Any) -> None: ...

    bot = local.add_bot("shy", privileged=("GUILD_MEMBERS",))
    with pytest.raises(DisallowedIntents) as caught:
        make(Curious(), token=bot.token).connect(PATIENCE)
    assert set(caught.value.intents) == {"MESSAGE_CONTENT", "GUILD_PRESENCES"}


def test_content_can_be_done_without(make: MakeClient, local: LocalDiscord, people: People):
    bot = local.add_bot("shy", privileged=())
    listener = Listener()
    make(listener, token=bot.token, content_intent=False, workers=1).connect(PATIENCE)
    people.say("secret")
    people.say(f"<@{bot.user_id}> hello")
    assert listener.heard.wait_count(2) == ["", f"<@{bot.user_id}> hello"]


def test_a_fatal_close_in_spite_of_the_check_names_the_intents(
    make: MakeClient, local: LocalDiscord
):
    bot = local.add_bot("shy", privileged=())
    local.faults.add("html", route="applications/@me", times=None, status=403)
    client = make(Listener(), token=bot.token)
    with pytest.raises(DisallowedIntents) as caught:
        client.connect(PATIENCE)
    assert caught.value.intents == ("MESSAGE_CONTENT",)
    assert client.counters["client.intent_checks_failed"] == 1


def test_connect_gives_up_at_its_timeout_and_stops(make: MakeClient, local: LocalDiscord):
    local.faults.add("no_hello", times=None)
    client = make()
    with pytest.raises(ConnectionFailed, match="HELLO"):
        client.connect(2)
    assert threads_of(client) == []
    with pytest.raises(ClientStopped):
        client.wait_until_ready(0)


def test_connect_gives_up_at_its_timeout_where_rest_is_down(make: MakeClient):
    client = make(Listener(), rest_url="http://127.0.0.1:9/api/v10")
    with pytest.raises(ConnectionFailed):
        client.connect(0.3)
    assert threads_of(client) == []


def test_connect_outlasts_failures_that_pass(make: MakeClient, local: LocalDiscord, quick: None):
    local.faults.add("refuse_connection", times=2)
    local.faults.add("server_error", route="gateway/bot")
    client = make()
    client.connect(PATIENCE)
    assert client.counters["gateway.disconnects"] == 2
    assert client.counters["rest.retries"] >= 1


def test_one_live_client_for_a_token(make: MakeClient, people: People):
    first, second = make(Listener()), make(Listener())
    first.connect(PATIENCE)
    with pytest.raises(AlreadyConnected, match="stop the other client"):
        second.connect(PATIENCE)
    assert threads_of(second) == []
    people.say("still there?")
    assert first.handler.heard.wait_count(1) == ["still there?"]  # type: ignore[union-attr]


def test_two_clients_in_one_process(make: MakeClient, local: LocalDiscord, people: People):
    bots = [local.add_bot(name) for name in ("one", "two")]
    listeners = [Listener(), Listener()]
    for bot, listener in zip(bots, listeners, strict=True):
        make(listener, token=bot.token).connect(PATIENCE)
    people.say("hello both")
    for listener in listeners:
        assert listener.heard.wait_count(1) == ["hello both"]


def test_names_of_threads_tell_clients_apart(local: LocalDiscord, bot: Bot):
    first = Client(token=bot.token, rest_url=local.rest_url)
    second = Client(token=bot.token, rest_url=local.rest_url)
    assert first.name != second.name
    assert second.name.startswith("disruption-")


def test_start_blocks_until_stop_from_another_thread(make: MakeClient, people: People):
    client = make()
    thread, outcome = in_thread(client.start)
    people.await_session()
    client.wait_until_ready(PATIENCE)
    assert thread.is_alive()
    client.stop()
    finish(thread)
    assert outcome == [None]
    assert threads_of(client) == []


def test_start_without_blocking(make: MakeClient, people: People):
    listener = Listener()
    client = make(listener)
    client.start(block=False)
    assert client.is_ready
    people.say("embedded")
    listener.heard.wait_count(1)


def test_context_manager(make: MakeClient, people: People):
    listener = Listener()
    with make(listener) as client:
        assert client.is_ready
        people.say("inside")
        listener.heard.wait_count(1)
    assert not client.is_ready
    assert threads_of(client) == []


def test_context_manager_does_not_hide_an_error(make: MakeClient):
    client = make()
    with pytest.raises(KeyError), client:
        raise KeyError("mine")
    assert threads_of(client) == []


def test_wait_until_ready_from_another_thread(make: MakeClient):
    reached, go_on = threading.Event(), threading.Event()

    class Slow(Handler):
        def setup(self, client: Client) -> None:
            reached.set()
            assert go_on.wait(PATIENCE)

    client = make(Slow())
    starter, _ = in_thread(client.start)
    assert reached.wait(PATIENCE)
    with pytest.raises(ConnectionFailed):
        client.wait_until_ready(0)
    waiter, outcome = in_thread(client.wait_until_ready)
    connecter, connected = in_thread(client.connect)
    go_on.set()
    finish(waiter)
    finish(connecter)
    assert outcome == connected == [None]
    assert client.is_ready
    client.stop()
    finish(starter)


def test_wait_until_ready_tells_what_went_wrong(make: MakeClient, local: LocalDiscord):
    reached, go_on = threading.Event(), threading.Event()

    class Slow(Listener):
        def setup(self, client: Client) -> None:
            reached.set()
            assert go_on.wait(PATIENCE)

    client = make(Slow(), token=local.add_bot("shy", privileged=()).token)
    starter, started = in_thread(client.start)
    assert reached.wait(PATIENCE)
    waiter, waited = in_thread(client.wait_until_ready)
    go_on.set()
    finish(starter)
    finish(waiter)
    assert isinstance(started[0], DisallowedIntents)
    # The waiter may have come to wait only when all was over.
    assert isinstance(waited[0], DisallowedIntents)


def test_wait_until_ready_on_a_client_that_nobody_started(make: MakeClient):
    with pytest.raises(ClientStopped, match="connect"):
        make().wait_until_ready(0)


def test_a_client_in_a_thread_that_is_not_the_main_one(make: MakeClient, people: People):
    listener = Listener()
    client = make(listener)
    thread, outcome = in_thread(client.run)
    people.await_session()
    client.wait_until_ready(PATIENCE)
    people.say("hello")
    listener.heard.wait_count(1)
    client.stop()
    finish(thread)
    assert outcome == [None]


def test_stop_twice_and_before_the_start(make: MakeClient):
    client = make()
    client.stop()
    client.connect(PATIENCE)
    client.stop()
    client.stop()
    assert threads_of(client) == []


def test_stop_from_many_threads_at_once(make: MakeClient):
    client = make()
    client.connect(PATIENCE)
    calls = [in_thread(client.stop) for _ in range(8)]
    for thread, outcome in calls:
        finish(thread)
        assert outcome == [None]
    assert threads_of(client) == []


def test_stop_from_a_handler(make: MakeClient, people: People):
    class Quitter(Handler):
        def on_message(self, message: Any) -> None:
            client.stop()

    client = make(Quitter())
    thread, outcome = in_thread(client.start)
    people.await_session()
    client.wait_until_ready(PATIENCE)
    people.say("quit")
    finish(thread)
    assert outcome == [None]
    for left in threading.enumerate():
        if left.name.startswith(client.name + "-"):
            left.join(PATIENCE)  # the handler's own thread ends after it
    assert threads_of(client) == []


def test_stop_handles_what_has_come(make: MakeClient, people: People):
    gate, heard = threading.Event(), Heard()

    class Slow(Handler):
        def on_message(self, message: Any) -> None:
            assert gate.wait(PATIENCE)
            heard.add(message.content)

    client = make(Slow(), workers=2)
    client.connect(PATIENCE)
    with client.events(MessageCreate) as seen:
        for number in range(20):
            people.say(str(number))
        for _ in range(20):
            next(seen)  # the reader has it
    thread, _ = in_thread(client.stop)
    gate.set()
    finish(thread)
    assert sorted(heard.items, key=int) == [str(number) for number in range(20)]


def test_stop_while_it_connects(make: MakeClient, local: LocalDiscord):
    greeted = threading.Event()

    class Greeted(Handler):
        def on_connect(self, event: Any) -> None:
            greeted.set()

    local.faults.add("no_ready", times=None)
    client = make(Greeted())
    thread, outcome = in_thread(client.connect)
    assert greeted.wait(PATIENCE)
    client.stop()
    finish(thread)
    assert isinstance(outcome[0], ClientStopped)
    assert threads_of(client) == []


def test_stop_during_the_setup_hook(make: MakeClient):
    reached, go_on = threading.Event(), threading.Event()

    class Slow(Handler):
        def setup(self, client: Client) -> None:
            reached.set()
            assert go_on.wait(PATIENCE)

    client = make(Slow())
    thread, outcome = in_thread(client.connect)
    assert reached.wait(PATIENCE)
    client.stop()
    go_on.set()
    finish(thread)
    assert isinstance(outcome[0], ClientStopped)
    assert not client.is_ready
    assert threads_of(client) == []
    with pytest.raises(ClientStopped):
        client.wait_for(MessageCreate, timeout=0)


def test_start_returns_where_a_stop_overtakes_it(make: MakeClient):
    class Hasty(Handler):
        def setup(self, client: Client) -> None:
            client.stop()

    client = make(Hasty())
    client.start()
    assert threads_of(client) == []
    with pytest.raises(ClientStopped):
        make(Hasty()).start(block=False)


def test_stop_in_on_ready(make: MakeClient, quick: None):
    class Quitter(Handler):
        def on_ready(self, ready: Any) -> None:
            client.stop()

    for _ in range(5):
        client = make(Quitter())
        client.run()
        for left in threading.enumerate():
            if left.name.startswith(client.name + "-"):
                left.join(PATIENCE)


def test_stop_in_the_setup_hook(make: MakeClient):
    class Reluctant(Handler):
        def setup(self, client: Client) -> None:
            client.stop()

    client = make(Reluctant())
    with pytest.raises(ClientStopped):
        client.connect(PATIENCE)
    assert threads_of(client) == []


@contextmanager
def asking_nobody(
    make: MakeClient,
) -> Iterator[tuple[Client, threading.Thread, list[Any], socket.socket]]:
    """Let a client connect to a REST that only takes the first connection, which is yielded too."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        port = listener.getsockname()[1]
        client = make(rest_url=f"http://127.0.0.1:{port}/api/v10")
        thread, outcome = in_thread(client.connect)
        peer, _ = listener.accept()
        with peer:
            yield client, thread, outcome, peer


def test_stop_while_rest_is_down(make: MakeClient):
    with asking_nobody(make) as (client, thread, outcome, peer):
        peer.close()  # and it tries again, and again
    client.stop(timeout=PATIENCE)
    finish(thread)
    assert isinstance(outcome[0], ClientStopped)
    assert threads_of(client) == []


def test_stop_while_rest_does_not_answer(make: MakeClient):
    with asking_nobody(make) as (client, thread, outcome, peer):
        assert peer.recv(1)
        client.stop(timeout=8)  # the request would last longer
        assert threads_of(client) == []
        finish(thread)
    assert isinstance(outcome[0], ClientStopped)


def test_restart_after_a_stop(make: MakeClient, people: People, quick: None):
    listener = Listener()
    client = make(listener)
    for round in range(3):
        client.connect(PATIENCE)
        people.say(f"round {round}")
        listener.heard.wait_item(f"round {round}")
        client.stop()
        assert threads_of(client) == []
    assert listener.heard.items == ["round 0", "round 1", "round 2"]
    assert client.counters["gateway.sent.identify"] == 3


def test_restart_after_a_failure(make: MakeClient, local: LocalDiscord):
    bot = local.add_bot("shy", privileged=())
    client = make(Listener(), token=bot.token)
    with pytest.raises(DisallowedIntents):
        client.connect(PATIENCE)
    local.world.applications.set_intents(bot.application_id, ["MESSAGE_CONTENT"])
    client.connect(PATIENCE)
    assert client.is_ready


def test_a_handler_that_blocks_is_named_and_its_thread_alone_is_left(
    make: MakeClient, people: People, caplog: pytest.LogCaptureFixture
):
    entered, release = threading.Event(), threading.Event()

    class Stubborn(Handler):
        def on_message(self, message: Any) -> None:
            entered.set()
            release.wait(PATIENCE)

    client = make(Stubborn())
    client.connect(PATIENCE)
    client.submit(int).result(PATIENCE)
    people.say("block")
    assert entered.wait(PATIENCE)
    with caplog.at_level("ERROR", "disruption"):
        client.stop(timeout=0.2)
    left = [t for t in threading.enumerate() if t.name.startswith(client.name + "-")]
    assert len(left) == 1
    assert left[0].name.startswith(f"{client.name}-worker-")
    assert left[0].daemon
    assert "Stubborn.on_message still runs for MESSAGE_CREATE" in caplog.text
    assert "release.wait(PATIENCE)" in caplog.text  # the line where it is stuck
    assert client.counters["dispatch.stuck"] == 1
    release.set()
    finish(left[0])


@pytest.mark.parametrize("fault", [("rate_limit", "retry_after"), ("slow", "seconds")])
def test_no_thread_is_left_that_waits_for_rest(
    make: MakeClient,
    people: People,
    local: LocalDiscord,
    monkeypatch: pytest.MonkeyPatch,
    fault: tuple[str, str],
):
    """The one is told to come back later, the other is not answered for long."""
    monkeypatch.setattr("disruption.client.client._UNTIL_BROKEN_OFF", 0.01)
    kind, seconds = fault
    local.faults.add(kind, method="POST", **{seconds: 2 * PATIENCE})
    entered = threading.Event()
    raised: list[Exception] = []

    class Patient(Handler):
        def on_message(self, message: Any) -> None:
            entered.set()
            try:
                message.reply("hello")
            except (ClientStopped, RequestFailed) as error:
                raised.append(error)

    client = make(Patient())
    client.connect(PATIENCE)
    people.say("ask")
    assert entered.wait(PATIENCE)
    client.stop(timeout=PATIENCE)
    assert threads_of(client) == []
    assert client.counters["dispatch.stuck"] == 0
    assert raised


def test_stop_while_the_reader_is_held_back(make: MakeClient, people: People):
    """A full queue pauses the reader; a stop must not wait for it until the deadline."""
    release, paused = threading.Event(), threading.Event()

    class Slow(Handler):
        def on_message(self, message: Any) -> None:
            release.wait(PATIENCE)

    class Watch(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "reading pauses" in record.getMessage():
                paused.set()

    watch = Watch()
    logging.getLogger("disruption.dispatch").addHandler(watch)
    client = make(Slow(), workers=1, queue_bytes=10_000)
    client.connect(PATIENCE)
    for number in range(500):
        people.say(f"{number} {'x' * 100}")
    assert paused.wait(PATIENCE)
    logging.getLogger("disruption.dispatch").removeHandler(watch)
    thread, outcome = in_thread(lambda: client.stop(timeout=5, keep_session=True))
    for left in threading.enumerate():
        if left.name.startswith(f"{client.name}-reader"):
            left.join(PATIENCE)
    # The reader has ended while the handler still blocks and the stop still waits for it.
    assert outcome == []
    assert client.counters["dispatch.dropped.MESSAGE_CREATE"] == 0
    release.set()
    finish(thread)


def test_setup_runs_once_and_before_the_first_event(make: MakeClient, people: People, quick: None):
    order = Heard()

    class Ordered(Handler):
        def setup(self, client: Client) -> None:
            order.add("setup")

            @client.on(MessageCreate)
            def said(message: MessageCreate) -> None:
                order.add(message.content)

        def on_ready(self, ready: Any) -> None:
            order.add("ready")

    client = make(Ordered())
    for number, text in enumerate(("one", "two"), 1):
        client.connect(PATIENCE)
        order.wait(lambda items, number=number: items.count("ready") == number)
        people.say(text)
        order.wait_item(text)
        client.stop()
    assert order.items == ["setup", "ready", "one", "ready", "two"]


def test_a_setup_that_fails_is_raised_and_runs_again(make: MakeClient):
    class Unlucky(Handler):
        tries = 0

        def setup(self, client: Client) -> None:
            self.tries += 1
            if self.tries == 1:
                raise LookupError("no database")

    handler = Unlucky()
    client = make(handler)
    with pytest.raises(LookupError):
        client.connect(PATIENCE)
    assert threads_of(client) == []
    client.connect(PATIENCE)
    assert handler.tries == 2
