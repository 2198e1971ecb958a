"""A bot's program on a local Discord, with a person at the terminal and on the page."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from ..waker import Waker
from .demo import CHANNEL
from .demo_chat import chat
from .demo_view import View
from .run import WAITING, ended, folder_of, name_of
from .run_child import Child, python_environment, reloaded
from .run_wait import interruptible

if TYPE_CHECKING:
    from ..local import LocalDiscord
    from ..local.driver import Player
    from ..local.world import Event

__all__ = ["account_of", "run_local"]

_CONNECT = 15.0  # seconds for the bot to find its Discord before the person may talk

_GREETING = f"""\
What you type is said in {CHANNEL}, and the bot reads it.
  /roll sides:6   use a slash command; its options are written name:value
  react 👍        react to the last message that is not your own
  click LABEL     press a button on that message
  help            this text
  quit            leave (Ctrl-D and Ctrl-C too)"""


def run_local(arguments: argparse.Namespace, command: list[str]) -> int:
    """Run the program until it ends or the person has had enough; return its exit code."""
    from ..local import LocalDiscord, SeedError, WorldFileError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an emoji must not end it on an old console
            stream.reconfigure(errors="replace")
    try:
        discord = LocalDiscord(world=arguments.world)
        discord.start()
    except (SeedError, WorldFileError, ValueError, OSError) as error:
        print(f"disruption: {error}", file=sys.stderr)
        return 2
    with ExitStack() as stack:
        waker = stack.enter_context(interruptible())
        stack.callback(discord.stop)
        try:
            return _Run(discord, arguments, command, waker).hold(stack)
        except KeyboardInterrupt:  # before there was anything to end
            return 130


class _Run:
    """One run: its Discord, its program, its conversation.

    Threads: the program's and the view's (see there). When the program ends by itself, the
    thread that notices it interrupts the main one, which may be reading from the terminal.
    """

    def __init__(
        self,
        discord: LocalDiscord,
        arguments: argparse.Namespace,
        command: list[str],
        waker: Waker,
    ) -> None:
        self._discord = discord
        self._waker = waker
        self._world = discord.world
        self._reload: bool = arguments.reload
        self._chats: bool = not arguments.no_chat
        self._folder = folder_of(arguments)
        self._name = name_of(arguments)
        self._bot_id, token = account_of(discord, self._name)
        self._person: Player = self._world.user(arguments.user)
        self._view = View(self._world, self._person.id)
        self._lock = threading.Lock()  # guards what is below
        self._chatting = False
        settings = {"DISRUPTION_REST_URL": discord.rest_url, "DISCORD_TOKEN": token}
        self._child = Child(
            command,
            python_environment(settings) if self._chats else {**os.environ, **settings},
            wrote=self._wrote if self._chats else None,
            ended=self._ended,
        )

    def hold(self, stack: ExitStack) -> int:
        """Start the program, let the person talk, end the program; return the exit code."""
        child = self._child
        print(f"A Discord of your own, with you and {self._name} in it: {self._discord.page_url}")
        sys.stdout.flush()
        if self._chats:
            stack.enter_context(self._view)
            stack.callback(self._world.subscribe(self._heard))
        stack.callback(child.close_at_last)
        if self._reload:
            stack.enter_context(reloaded(child, self._folder, self._tell))
        try:
            child.start()
            if self._chats:
                self._chat()
            else:
                self._waker.wait()
        except KeyboardInterrupt:
            pass
        code = child.code
        return child.close_at_last() if code is None else code

    def _chat(self) -> None:
        world = self._world

        def is_there() -> bool:
            return self._bot_id in world.connected or self._child.code is not None

        if not world.wait_until(is_there, _CONNECT):
            self._tell(f"{self._name} has not connected within {_CONNECT:g} s")
        with self._lock:
            self._chatting = self._child.code is None or self._reload
            chatting = self._chatting
        if not chatting:
            return
        try:
            chat(self._person, self._view, _GREETING)
        finally:
            with self._lock:
                self._chatting = False

    def _ended(self, code: int) -> None:
        """Note that the program has ended by itself; runs on the thread that waited for it."""
        with self._world.lock:
            self._world.changed.notify_all()
        if self._reload:
            self._tell(f"{ended(code)}; {WAITING}")
            return
        self._tell(ended(code))
        self._waker.wake()
        with self._lock:
            if self._chatting:
                _interrupt_main()

    def _heard(self, event: Event) -> None:
        """Tell the person when the bot comes and goes; runs under the world's lock."""
        if event.name == "PRESENCE_UPDATE" and event.data["user"]["id"] == self._bot_id:
            left = event.data["status"] == "offline"
            self._tell(f"{self._name} {'has left' if left else 'is connected'}")

    def _wrote(self, line: str) -> None:
        self._view.tell(f"[{self._name}] {line}")

    def _tell(self, text: str) -> None:
        if self._chats:
            self._view.tell(f"({text})")
        else:
            print(f"disruption: {text}", file=sys.stderr, flush=True)


def account_of(discord: LocalDiscord, name: str) -> tuple[str, str]:
    """Return a bot's id and token; a world that was kept knows it already."""
    world = discord.world
    with world.lock:
        known = world.users.find(name)
        application = None if known is None else world.applications.of_user(known)
        if known is not None and application is not None:
            return known, world.applications.token(application)
    made = discord.add_bot(name)
    return made.user_id, made.token


def _interrupt_main() -> None:
    """Interrupt the main thread, also where it waits for a line to be typed."""
    if sys.platform == "win32":
        import _thread

        _thread.interrupt_main()  # heard when the line is typed
    else:
        main = threading.main_thread().ident
        if main is not None:
            signal.pthread_kill(main, signal.SIGINT)
