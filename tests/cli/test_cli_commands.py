"""``disruption commands``: a program is loaded and not run, and its commands are compared."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from disruption.cli import main
from disruption.local import LocalDiscord
from disruption.local.server import Bot

ROLL = """
from disruption import Client

client = Client()

@client.command(description="Roll dice")
def roll(ctx, sides: int = 6) -> None: ...
"""


@pytest.fixture
def bot(local: LocalDiscord, monkeypatch: pytest.MonkeyPatch) -> Bot:
    made = local.add_bot("bot")
    monkeypatch.setenv("DISRUPTION_REST_URL", local.rest_url)
    monkeypatch.setenv("DISCORD_TOKEN", made.token)
    return made


@pytest.fixture
def script(tmp_path: Path) -> Any:
    """Write a program and return its path."""

    def write(text: str, name: str = "bot.py") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def there(local: LocalDiscord, bot: Bot, guild: str | None = None) -> list[str]:
    return [one["name"] for one in local.world.commands.list(bot.application_id, guild)]


def test_diff_and_sync(
    local: LocalDiscord, bot: Bot, script: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = script(ROLL)
    assert main(["commands", "diff", path]) == 1
    assert f"+ /roll  Roll dice  ({path}:6)" in capsys.readouterr().out
    assert main(["commands", "sync", "--dry-run", path]) == 0
    assert there(local, bot) == []
    assert main(["commands", "sync", path]) == 0
    assert there(local, bot) == ["roll"]
    capsys.readouterr()
    assert main(["commands", "diff", path]) == 0
    assert capsys.readouterr().out == "All guilds: 1 unchanged\n"


def test_a_guild_to_test_in_and_to_clear(local: LocalDiscord, bot: Bot, script: Any) -> None:
    path, guild = script(ROLL), local.world.guilds.all()[0]
    assert main(["commands", "sync", "--guild", guild, path]) == 0
    assert there(local, bot) == []
    assert there(local, bot, guild) == ["roll"]
    assert main(["commands", "sync", "--clear", guild, path]) == 0
    assert there(local, bot, guild) == []


def test_no_delete_keeps_what_is_there(local: LocalDiscord, bot: Bot, script: Any) -> None:
    local.world.commands.create(bot.application_id, {"name": "old", "description": "Old"})
    path = script(ROLL)
    assert main(["commands", "sync", "--no-delete", path]) == 0
    assert there(local, bot) == ["old", "roll"]
    assert main(["commands", "sync", path]) == 0
    assert there(local, bot) == ["roll"]


def test_with_a_local_discord_it_needs_neither_token_nor_internet(
    script: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    monkeypatch.delenv("DISRUPTION_REST_URL", raising=False)
    path = script(ROLL)
    assert main(["commands", "sync", "--local", path]) == 0
    assert "1 to create" in capsys.readouterr().out


@pytest.mark.parametrize(
    "ending",
    [
        "client.sync_commands()\nclient.run()\nraise SystemError('it ran')",
        "if __name__ == '__main__':\n    raise SystemError('it ran')",
        "try:\n    client.start()\nexcept Exception:\n    raise SystemError('it ran')",
        "with client:\n    raise SystemError('it ran')",
    ],
)
def test_the_program_does_not_run(
    ending: str, script: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = script(ROLL + "\nprint('hello')\n" + ending)
    assert main(["commands", "export", path]) == 0
    out, err = capsys.readouterr()
    assert [one["name"] for one in json.loads(out)] == ["roll"]
    assert "hello" in err


def test_a_client_that_is_made_in_main_is_found(
    script: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = ROLL.replace("\n", "\n    ")
    path = script(f"def main():{inner}\n    client.run()\n\nif __name__ == '__main__':\n    main()")
    assert main(["commands", "export", path]) == 0
    assert "roll" in capsys.readouterr().out


def test_a_module_and_what_it_imports_from_its_folder(
    script: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    script("SIDES = 'Roll dice with care'", "dice_texts_of_test.py")
    path = script("from dice_texts_of_test import SIDES\n" + ROLL.replace('"Roll dice"', "SIDES"))
    assert main(["commands", "export", path]) == 0
    assert "with care" in capsys.readouterr().out
    monkeypatch.chdir(tmp_path)
    assert main(["commands", "export", "-m", "bot"]) == 0
    assert "with care" in capsys.readouterr().out
    sys.modules.pop("dice_texts_of_test")


def test_export_of_one_guild(script: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = script(ROLL.replace('dice")', 'dice", guilds=[5])'))
    assert main(["commands", "export", path]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == []
    assert "commands of their own: 5 (--guild)" in err
    assert main(["commands", "export", "--guild", "5", path]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = 1", "makes no Client"),
        ("1 / 0", "ZeroDivisionError: division by zero ({path}:1)"),
        ("def (:", "SyntaxError"),
        ("import sys; sys.exit(3)", "ended itself: sys.exit(3)"),
        (ROLL.replace("Roll dice", "x" * 101), "description must be"),
        (ROLL.replace("Client()", "Client(token='a b')"), "token has spaces"),
        (ROLL + ROLL.replace("client", "other"), "several clients (client, other)"),
    ],
)
def test_a_program_that_cannot_be_loaded_is_explained(
    text: str, problem: str, script: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = script(text)
    assert main(["commands", "export", path]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert problem.format(path=path) in err
    assert "Traceback" not in err


def test_one_of_several_clients_is_named(script: Any, capsys: pytest.CaptureFixture[str]) -> None:
    other = ROLL.replace("client", "other").replace("def roll", "def dice")
    path = script(ROLL + other)
    assert main(["commands", "export", "--client", "other", path]) == 0
    assert "dice" in capsys.readouterr().out
    assert main(["commands", "export", "--client", "third", path]) == 2
    assert "no client 'third'; it has client, other" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [[], ["a.py", "-m", "b"], ["nowhere.py"]])
def test_a_program_must_be_named(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["commands", "diff", *wrong]) == 2
    assert "disruption: " in capsys.readouterr().err


def test_what_discord_refuses_has_exit_code_1(
    bot: Bot, script: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = script(ROLL.replace('dice")', 'dice", guilds=[123456789012345678])'))
    assert main(["commands", "sync", path]) == 1
    assert "not in this guild" in capsys.readouterr().err
    assert main(["commands", "diff", path]) == 2


def test_a_wrong_token_has_exit_code_2(
    bot: Bot, script: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "MTA.wrong.token")
    assert main(["commands", "diff", script(ROLL)]) == 2
    assert "401" in capsys.readouterr().err
