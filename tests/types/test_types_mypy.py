"""What a type checker sees in a user's code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

GOOD = """
from disruption.types import (
    ActionRow, AnyComponent, Button, Channel, ForumChannel, GuildMember, Message, MessageCreate,
    StringSelect, TextChannel, UnknownComponent, ApplicationCommandData, Interaction,
    ModalSubmitData, SelectOption, TimeoutAction, AutoModerationAction, Embed, Event,
)
from datetime import datetime

def label(component: AnyComponent) -> str | None:
    match component:
        case Button(label=text):
            return text
        case StringSelect():
            options: list[SelectOption] = component.options
            return options[0].label
        case ActionRow():
            return label(component.components[0])
        case UnknownComponent():
            return str(component.data)
        case _:
            return None

def narrow(channel: Channel) -> str:
    if isinstance(channel, ForumChannel):
        forum: ForumChannel = channel
        return str(forum.available_tags)
    return channel.name or ""

def name(member: GuildMember) -> str:
    return member.nick or (member.user.username if member.user else "")

def when(message: Message) -> datetime:
    return message.edited_timestamp or message.timestamp

def data(interaction: Interaction) -> str:
    match interaction.data:
        case ApplicationCommandData():
            return interaction.data.name
        case ModalSubmitData():
            return interaction.data.custom_id
    return ""

def event(event: Event) -> str:
    return event.content if isinstance(event, MessageCreate) else event.event_name

def action(action: AutoModerationAction) -> int | None:
    if isinstance(action, TimeoutAction) and action.metadata is not None:
        return action.metadata.duration_seconds
    return None

embed = Embed(title="x", fields=[])
plain: dict[str, object] = embed.to_dict()
again: Embed = Embed.from_dict(embed.to_dict())
"""

BAD = {
    "Embed(titel='x')": "Unexpected keyword argument",
    "Embed('x')": "Too many positional arguments",
    "Button()": "Missing named argument",
    "member().nick.upper()": "has no attribute",
    "component().custom_id": "has no attribute",
}


def mypy(code: str, folder: Path) -> list[str]:
    """Return the errors that a strict type checker finds in the code."""
    (folder / "snippet.py").write_text(code)
    done = subprocess.run(
        [
            sys.executable, "-m", "mypy", "--strict", "--no-error-summary",
            f"--cache-dir={folder / 'cache'}", str(folder / "snippet.py"),
        ],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stdout.splitlines() if "snippet.py" in line and "error" in line]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_type_checker_narrows_and_refuses(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    assert mypy(GOOD, tmp_path) == []
    imports = (
        "from disruption.types import AnyComponent, Button, Embed, GuildMember\n"
        "def member() -> GuildMember: ...\n"
        "def component() -> AnyComponent: ...\n"
    )
    lines = mypy(imports + "\n".join(BAD), tmp_path)
    for number, text in enumerate(BAD.values(), start=4):
        assert any(f":{number}:" in line and text in line for line in lines), (text, lines)
