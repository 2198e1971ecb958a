"""The examples with commands, run as programs: they let Discord know, connect, and stop cleanly."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_process import Example

from disruption.local import LocalDiscord

COMMANDS = {
    "moderation_bot": {"kick", "ban", "timeout", "Time out", "purge", "Report"},
    "poll_bot": {"poll"},
    "quiz_night": {"quiz"},
    "reminder_bot": {"remind", "reminders", "forget"},
    "ticket_bot": {"ticket"},
}


@pytest.mark.parametrize("name", COMMANDS)
def test_it_syncs_connects_and_stops(name: str, tmp_path: Path) -> None:
    files = {"POLLS_DB": str(tmp_path / "polls"), "REMINDERS_DB": str(tmp_path / "reminders")}
    with LocalDiscord(rate_limits=False) as discord, Example(name, discord, **files) as example:
        example.wait_online()
        (application,) = discord.world.applications.all()
        commands = discord.world.commands.list(application)
        assert {command["name"] for command in commands} == COMMANDS[name]
        example.interrupt()
        assert example.finish() == (0, "", "")
