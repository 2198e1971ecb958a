"""A bot as a program: Ctrl-C, SIGTERM, exits, forks. Each runs in a process of its own."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

import pytest
from client_bots import PATIENCE, People
from client_programs import Program

from disruption.local import LocalDiscord
from disruption.local.server import Bot

Run = Callable[[str], Program]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

RUN = """
Client(Bot(), TOKEN, rest_url=URL).run()
say(f"returned with {sorted(t.name for t in threading.enumerate())}")
"""


@pytest.fixture
def run(local: LocalDiscord, bot: Bot) -> Run:
    def start(code: str) -> Program:
        return Program(code, token=bot.token, url=local.rest_url)

    return start


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_ends_cleanly_at_a_signal(run: Run, number: int, local: LocalDiscord):
    with run(RUN) as program:
        program.expect("ready")
        program.interrupt(number)
        assert program.finish() == 0
    assert program.lines == ["ready", "returned with ['MainThread']"]
    assert "Traceback" not in program.errors
    assert f"stopped by {signal.Signals(number).name}" in program.errors
    hub = local.gateway.hub
    assert local.world.wait_until(lambda: not hub.sessions(), PATIENCE)  # closed with 1000


def test_run_lets_handlers_finish(run: Run, people: People):
    code = """
    release = threading.Event()
    class Slow(Bot):
        def on_message(self, message):
            say("begun")
            release.wait()
            say("finished")
        def on_disconnect(self, event):
            release.set()
    Client(Slow(), TOKEN, rest_url=URL).run()
    """
    with run(code) as program:
        program.expect("ready")
        people.say("work")
        program.expect("begun")
        program.interrupt()
        assert program.finish() == 0
    assert program.lines == ["ready", "begun", "finished"]


@pytest.mark.slow
def test_run_names_a_handler_that_still_blocks_at_the_deadline(run: Run, people: People):
    with run(RUN) as program:
        program.expect("ready")
        people.say("block")
        program.expect("got block")
        program.interrupt()
        assert program.finish() == 0
    assert "Bot.on_message still runs for MESSAGE_CREATE" in program.errors
    assert program.lines[-1] == "returned with ['MainThread', 'disruption-worker-1']"


def test_a_second_interrupt_does_not_wait_for_handlers(run: Run, people: People):
    code = """
    client = Client(Bot(), TOKEN, rest_url=URL)
    def tell(event):
        say("stopping")
    from disruption import Disconnected
    client.on(Disconnected)(tell)
    client.run()
    """
    with run(code) as program:
        program.expect("ready")
        people.say("block")
        program.expect("got block")
        program.interrupt()
        program.expect("stopping")
        program.interrupt()
        assert program.finish() in (-signal.SIGINT, 1)
    assert "KeyboardInterrupt" in program.errors


def test_signal_handlers_of_the_program_are_called_and_come_back(run: Run):
    code = """
    def mine(number, frame):
        say(f"mine {signal.Signals(number).name}")
    signal.signal(signal.SIGTERM, mine)
    Client(Bot(), TOKEN, rest_url=URL).run()
    assert signal.getsignal(signal.SIGTERM) is mine
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    say("returned")
    """
    with run(code) as program:
        program.expect("ready")
        program.interrupt(signal.SIGTERM)
        assert program.finish() == 0, program.errors
    assert program.lines == ["ready", "mine SIGTERM", "returned"]


def test_start_raises_ctrl_c_again(run: Run):
    code = """
    try:
        Client(Bot(), TOKEN, rest_url=URL).start()
    except KeyboardInterrupt:
        say(f"interrupted with {sorted(t.name for t in threading.enumerate())}")
    """
    with run(code) as program:
        program.expect("ready")
        program.interrupt()
        assert program.finish() == 0
    assert program.lines == ["ready", "interrupted with ['MainThread']"]


@pytest.mark.parametrize(
    "wait",
    [
        "client.wait_for(MessageCreate)",
        "next(client.events(MessageCreate))",
        "client.submit(threading.Event().wait).result()",
    ],
)
def test_no_ctrl_c_is_missed_while_other_threads_are_busy(run: Run, wait: str):
    code = f"""
    from disruption import MessageCreate
    client = Client(Bot(), TOKEN, rest_url=URL)
    client.connect()
    def work():
        while True:
            pass
    for _ in range(3):
        threading.Thread(target=work, daemon=True).start()
    for number in range(12):
        try:
            say(f"waits {{number}}")
            {wait}
        except KeyboardInterrupt:
            pass
    say("heard all")
    os._exit(0)
    """
    with run(code) as program:
        for number in range(12):
            program.expect(f"waits {number}")
            program.interrupt()
        program.expect("heard all")
        assert program.finish() == 0


def test_ctrl_c_while_it_connects(run: Run, local: LocalDiscord):
    local.faults.add("no_ready", times=None)
    code = """
    class Told(Handler):
        def on_connect(self, event):
            say("greeted")
    Client(Told(), TOKEN, rest_url=URL).run()
    say(f"returned with {sorted(t.name for t in threading.enumerate())}")
    """
    with run(code) as program:
        program.expect("greeted")
        program.interrupt()
        assert program.finish() == 0
    assert program.lines == ["greeted", "returned with ['MainThread']"]
    assert "Traceback" not in program.errors


def test_a_fatal_error_ends_the_program_with_advice(run: Run, local: LocalDiscord, bot: Bot):
    local.world.applications.set_intents(bot.application_id, [])
    with run(RUN) as program:
        assert program.finish() == 1
    assert "DisallowedIntents" in program.errors
    assert "Message Content Intent" in program.errors
    assert bot.token not in program.errors


def test_an_exit_in_a_handler_ends_the_program(run: Run, people: People):
    code = """
    class Leaver(Bot):
        def on_message(self, message):
            sys.exit(3)
    Client(Leaver(), TOKEN, rest_url=URL).run()
    say(f"returned with {sorted(t.name for t in threading.enumerate())}")
    """
    with run(code) as program:
        program.expect("ready")
        people.say("leave")
        assert program.finish() == 0
    assert program.lines == ["ready", "returned with ['MainThread']"]


@pytest.mark.parametrize("busy", [False, True])
def test_the_interpreter_exits_while_the_client_runs(run: Run, people: People, busy: bool):
    code = f"""
    entered = threading.Event()
    class Block(Bot):
        def on_message(self, message):
            entered.set()
            threading.Event().wait()
    client = Client(Block() if {busy} else Bot(), TOKEN, rest_url=URL)
    client.connect()
    say("connected")
    if {busy}:
        entered.wait()
    """
    with run(code) as program:
        program.expect("connected")
        if busy:
            people.say("hold")
        assert program.finish() == 0
    assert "Traceback" not in program.errors
    assert "Fatal" not in program.errors


def test_an_error_of_the_programs_own_ends_it(run: Run):
    code = """
    with Client(Bot(), TOKEN, rest_url=URL):
        raise LookupError("mine")
    """
    with run(code) as program:
        assert program.finish() == 1
    assert "LookupError: mine" in program.errors
    assert program.errors.count("Traceback") == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_may_use_rest_and_start_raises_there(run: Run, people: People):
    code = """
    client = Client(Bot(), TOKEN, rest_url=URL)
    client.connect()
    client.rest.get_current_user()
    child = os.fork()
    if child == 0:
        say(f"{client!r} {client.is_ready} {client.stats.ready}")
        say("child is " + client.rest.get_current_user().username)
        say("child is " + Rest(TOKEN, base_url=URL).get_current_user().username)
        for call in (client.start, client.connect, client.wait_until_ready):
            try:
                call()
            except GatewayError as error:
                say("advice" if "fork" in str(error) else str(error))
        client.stop()
        say("child stopped")
        sys.exit(5)
    say(f"child ended with {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}")
    client.start()
    """
    with run(code) as program:
        program.expect("child ended with 5")
        people.say("parent?")
        program.expect("got parent?")
        program.interrupt()
        program.finish()
    lines = [line for line in program.lines if line not in ("ready", "got parent?")]
    assert lines == [
        "<Client disruption shard=(0, 1) running> False False",
        "child is bot",
        "child is bot",
        "advice",
        "advice",
        "advice",
        "child stopped",
        "child ended with 5",
    ]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_handler_may_fork(run: Run, people: People):
    code = """
    class Forker(Bot):
        def on_message(self, message):
            if message.content != "fork":
                return  # what the child says comes back here
            child = os.fork()
            if child == 0:
                message.channel.send("from the child")
                os._exit(0)
            say(f"child ended with {os.waitpid(child, 0)[1]}")
    Client(Forker(), TOKEN, rest_url=URL).run()
    """
    with run(code) as program:
        program.expect("ready")
        people.say("fork")
        people.world.channel("#general").expect("from the child", timeout=30)
        program.expect("child ended with 0")
        program.interrupt()
        assert program.finish() == 0
