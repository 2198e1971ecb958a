"""The demo: by itself, with typed lines, at a terminal, and when no answer comes."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
from cli_terminal import at_terminal

from disruption.cli.demo_chat import parse_command
from disruption.cli.demo_script import play
from disruption.cli.demo_view import View, describe
from disruption.local import LocalDiscord, World
from disruption.local.world import Event

DEADLINE = 60.0  # seconds; only a broken demo needs them


def demo(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "disruption", "demo", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
    )


@pytest.mark.slow
def test_script_plays_a_conversation_and_every_answer_comes() -> None:
    done = demo("--script", "--deadline", "30")
    assert done.returncode == 0, done.stdout + done.stderr
    for line in ("ann: !ping", "demo-bot → ann: Pong!", "demo-bot edited: 1, 2, 3"):
        assert f"  {line}\n" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("All 10 answers came")
    assert "\x1b" not in done.stdout, "no colours where nobody looks"


def test_script_says_what_is_missing(
    local: LocalDiscord, capsys: pytest.CaptureFixture[str]
) -> None:
    person = local.world.user("ann")
    with View(local.world, person.id) as view:
        assert play(person, view, deadline=0.01) == 1
    told = capsys.readouterr().out
    assert "10 of 10 answers are missing" in told
    assert "a reply: No bot said 'Pong!' in #general within 0.01 s." in told
    assert "a slash command: No bot has registered the command 'roll' here" in told


def test_typed_lines_are_acted_on() -> None:
    lines = ["!ping", "/hello", "/roll sides:x", "react 👍", "!button", "click Press me", "help"]
    done = demo("--user", "bob", typed="\n".join(lines))
    assert done.returncode == 0, done.stderr
    for line in (
        "  demo-bot → bob: Pong!",
        "  demo-bot → /hello (only you see this): Hello bob!",
        "  That cannot be done: sides is a number, not 'x'",
        "  bob reacted with 👍 (on 'Pong!')",
        "  demo-bot edited: You pressed it.",
    ):
        assert f"{line}\n" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
@pytest.mark.parametrize("leave", [b"\x03", b"\x04", b"quit\n"])
def test_at_a_terminal_it_prompts_and_leaves_cleanly(leave: bytes) -> None:
    with at_terminal("demo") as terminal:
        greeting = terminal.read_until(lambda text: text.endswith("ann #general> "))
        assert greeting.endswith("ann #general> "), greeting
        terminal.type(b"!ping\n")
        answer = terminal.read_until(
            lambda text: "Pong!" in text and text.endswith("ann #general> ")
        )
        assert "demo-bot → ann: Pong!" in answer
        terminal.type(leave)
        code, rest = terminal.end(again=leave if leave == b"\x03" else b"")
        assert code == 0
        assert "Traceback" not in rest


@pytest.mark.parametrize("typing", [True, False])
def test_the_line_where_one_types_stands_below_all_that_comes(
    local: LocalDiscord, monkeypatch: pytest.MonkeyPatch, typing: bool
) -> None:
    screen = _SlowScreen()
    monkeypatch.setattr(sys, "stdout", screen)
    with View(local.world, local.world.user("ann").id) as view:
        view.tell("first")
        assert screen.begun.wait(DEADLINE)
        shown = threading.Thread(
            target=view.show_prompt, args=((lambda: "ann> ") if typing else None,)
        )
        shown.start()
        shown.join(0.05)
        assert shown.is_alive(), "the first line is still being written"
        screen.goes_on.set()
        shown.join(DEADLINE)
        assert not shown.is_alive()
        assert screen.getvalue() == "  first\n"
        view.tell("second")
    assert screen.getvalue() == (
        "  first\n\r\x1b[K  second\nann> " if typing else "  first\n  second\n"
    )


class _SlowScreen(io.StringIO):
    """Where the first line takes until it is let go on."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.goes_on = threading.Event(), threading.Event()

    def write(self, text: str) -> int:
        self.begun.set()
        assert self.goes_on.wait(DEADLINE)
        return super().write(text)


class TestDescribe:
    """What somebody sees of an event."""

    @pytest.fixture
    def seen(self) -> tuple[World, list[str | None], str]:
        """A world, what ann sees of its events, and ann's id."""
        world = LocalDiscord().world  # not started: no thread, no socket
        ann = world.user("ann").id
        texts: list[str | None] = []

        def see(event: Event) -> None:
            texts.append(describe(world, event, ann))

        world.subscribe(see)
        return world, texts, ann

    def test_a_private_message_is_for_one(self, seen: tuple[World, list[str | None], str]) -> None:
        world, texts, ann = seen
        channel, bob = world.channel("#general").id, world.user("bob").id
        texts.clear()
        for reader in (ann, bob):
            world.messages.create(channel, bob, "psst", flags=1 << 6, ephemeral_for=reader)
        assert texts == ["bob (only you see this): psst", None]

    def test_files_embeds_and_lines(self, seen: tuple[World, list[str | None], str]) -> None:
        world, texts, ann = seen
        channel = world.channel("#general").id
        embed = {"title": "T", "description": "D", "fields": [{"name": "N", "value": "V"}]}
        world.messages.create(channel, ann, "one\ntwo", embeds=[embed])
        assert texts[-1] == "ann:\n    one\n    two\n    ┌ T\n    │ D\n    │ N: V\n    └"

    def test_deleting_and_taking_back(self, seen: tuple[World, list[str | None], str]) -> None:
        world, texts, ann = seen
        channel = world.channel("#general").id
        message = world.messages.create(channel, ann, "a line that is longer than thirty signs")
        world.reactions.add(channel, message["id"], ann, "👍")
        world.reactions.remove(channel, message["id"], ann, "👍")
        world.messages.delete(channel, message["id"])
        on = "(on 'a line that is longer than th…')"
        assert texts[-3:] == [
            f"ann reacted with 👍 {on}",
            f"ann took back 👍 {on}",
            "a message was deleted",
        ]


class TestParseCommand:
    """What is typed after a slash."""

    @pytest.fixture
    def parse(self) -> Callable[[str], tuple[str, dict[str, object]]]:
        discord = LocalDiscord()  # not started
        bot = discord.add_bot("bot")
        options = [
            {"name": name, "type": kind, "description": "x"}
            for name, kind in {"text": 3, "whole": 4, "yes": 5, "part": 10}.items()
        ]
        group = [{"name": "set", "type": 1, "description": "x", "options": options}]
        discord.world.commands.create(
            bot.application_id, {"name": "config", "description": "x", "options": group}
        )
        ann, general = discord.world.user("ann"), discord.world.channel("#general")
        return lambda line: parse_command(ann, general, line)

    def test_values_take_the_types_of_their_options(
        self, parse: Callable[[str], tuple[str, dict[str, object]]]
    ) -> None:
        name, options = parse("/config set text:'two words' whole:3 yes:True part:0.5")
        assert name == "config set"
        assert options == {"text": "two words", "whole": 3, "yes": True, "part": 0.5}

    @pytest.mark.parametrize("line", ["/", "/config set whole:x", "/config set yes:1", "/a 'b"])
    def test_what_cannot_be_is_refused(
        self, parse: Callable[[str], tuple[str, dict[str, object]]], line: str
    ) -> None:
        with pytest.raises(ValueError, match=r"\w"):
            parse(line)
