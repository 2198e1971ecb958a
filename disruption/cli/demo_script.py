"""The demo's conversation that plays by itself: what is said, and what must come back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..local.driver import ChannelView, DriverError, ExpectationFailed, MessageView
from ..local.world import WorldError
from .demo import CHANNEL
from .demo_view import View

if TYPE_CHECKING:
    from ..local.driver import Player

__all__ = ["play"]


@dataclass
class _Scene:
    """What the steps work with.

    Attributes:
        person: Who speaks.
        channel: Where.
        deadline: Seconds that each answer may take.
    """

    person: Player
    channel: ChannelView
    deadline: float

    def say(self, text: str) -> MessageView:
        return self.person.say(self.channel, text)

    def expect(self, what: str | re.Pattern[str]) -> MessageView:
        return self.channel.expect(what, timeout=self.deadline)

    def wait(self, what: str, happened: Callable[[], object]) -> None:
        if not self.person.world.wait_until(happened, self.deadline):
            raise ExpectationFailed(f"{what} did not come within {self.deadline:g} s.")


def _reply(scene: _Scene) -> None:
    asked = scene.say("!ping")
    answer = scene.expect("Pong!")
    if answer.data["message_reference"]["message_id"] != asked.id:
        raise ExpectationFailed('"Pong!" came, but not as a reply to !ping.')


def _echo(scene: _Scene) -> None:
    scene.say("!echo Good morning")
    scene.expect("Good morning")


def _reaction(scene: _Scene) -> None:
    message = scene.say("!wave")
    scene.wait("A reaction to !wave", lambda: message.reactions.get("👋"))


def _edits(scene: _Scene) -> None:
    scene.say("!count")
    scene.expect("1, 2, 3")


def _embed(scene: _Scene) -> None:
    scene.say("!card")
    scene.channel.expect(_has_card, timeout=scene.deadline)


def _has_card(message: dict[str, object]) -> bool:
    return bool(message["embeds"])


def _button(scene: _Scene) -> None:
    scene.say("!button")
    scene.person.click(scene.expect("Go on:"), "Press me")
    scene.expect("You pressed it.")


def _dialogue(scene: _Scene) -> None:
    scene.say("!name")
    scene.expect("What shall I call you?")
    scene.say("Ann")
    scene.expect("Nice to meet you, Ann.")


def _thanks(scene: _Scene) -> None:
    scene.say("!echo Like this")
    scene.person.react(scene.expect("Like this"), "👍")
    scene.expect("Thank you for the 👍")


def _command(scene: _Scene) -> None:
    used = scene.person.slash(scene.channel, "roll", timeout=scene.deadline, sides=6)
    answer = used.message(scene.deadline).content
    if not re.fullmatch(r"You rolled [1-6] of 6", answer):
        raise ExpectationFailed(f"/roll sides:6 was answered with {answer!r}.")


def _private_command(scene: _Scene) -> None:
    used = scene.person.slash(scene.channel, "hello", timeout=scene.deadline)
    used.message(scene.deadline)


_STEPS: dict[str, Callable[[_Scene], None]] = {
    "a reply": _reply,
    "a message": _echo,
    "a reaction": _reaction,
    "an edited message": _edits,
    "an embed": _embed,
    "a dialogue": _dialogue,
    "a button": _button,
    "an answer to a reaction": _thanks,
    "a slash command": _command,
    "a slash command with a private answer": _private_command,
}


def play(person: Player, view: View, deadline: float) -> int:
    """Hold the conversation; print what is missing at the end.

    Args:
        person: Who speaks.
        view: Prints the conversation while it goes on.
        deadline: Seconds that each answer may take.

    Returns:
        The exit code: 0 when every answer came, else 1.
    """
    scene = _Scene(person, person.world.channel(CHANNEL), deadline)
    missing = []
    began = time.monotonic()
    for name, step in _STEPS.items():
        try:
            step(scene)
        except (ExpectationFailed, DriverError, WorldError) as error:
            missing.append(f"{name}: {error}")
    view.close()  # what is still to be printed comes before the verdict
    if missing:
        print(f"\n{len(missing)} of {len(_STEPS)} answers are missing:")
        for line in missing:
            print(f"  - {line}")
        return 1
    print(f"\nAll {len(_STEPS)} answers came, in {time.monotonic() - began:.1f} s.")
    return 0
