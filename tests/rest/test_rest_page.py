"""The code of docs/rest.md does what it says, on a whole local Discord."""

from __future__ import annotations

import contextlib
import logging
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import disruption
from disruption import Client, Rest, WebhookLogHandler
from disruption.local import LocalDiscord

PAGE = Path(__file__).parents[2] / "docs" / "rest.md"


def blocks() -> list[str]:
    """Return the page's code."""
    return re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What the page takes for granted."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.png").write_bytes(b"\x89PNG")
    (tmp_path / "report.pdf").write_bytes(b"%PDF")
    (tmp_path / "downloads").mkdir()
    with LocalDiscord() as discord:
        monkeypatch.setenv("DISRUPTION_REST_URL", discord.rest_url)
        bot, ann = discord.add_bot("bot"), discord.world.user("ann")
        monkeypatch.setenv("DISCORD_TOKEN", bot.token)
        with Client(token=bot.token, rest_url=discord.rest_url) as client:
            general = discord.world.channel("#general")
            channel = client.rest.get_channel(general.id)
            assert channel.guild_id is not None
            guild = client.rest.get_guild(channel.guild_id)
            hook = channel.create_webhook("hook")
            uri = "http://localhost/back"
            yield {name: getattr(disruption, name) for name in disruption.__all__} | {
                "client": client,
                "rest": client.rest,
                "channel_id": channel.id,
                "channel": channel,
                "guild": guild,
                "user_id": int(ann.id),
                "user": client.rest.get_user(int(ann.id)),
                "members": list(guild.iter_members()),
                "role": guild.create_role("mods"),
                "message": channel.send("done", files=[disruption.File(b"x", filename="x")]),
                "url": f"{discord.rest_url.replace('/v10', '')}/webhooks/{hook.id}/{hook.token}",
                "uri": uri,
                "state": "state",
                "client_id": bot.application_id,
                "secret": discord.world.applications.secret(str(bot.application_id)),
                "code": ann.authorize("bot", "identify", "guilds", redirect_uri=uri),
                "yesterday": datetime.now(timezone.utc) - timedelta(days=1),
                "logging": logging,
                "timedelta": timedelta,
                "datetime": datetime,
                "time": time,
            }


def test_the_page_runs(names: dict[str, Any]) -> None:
    client_rest = names["rest"]
    try:
        for code in blocks():
            code = code.replace("1234567890", str(names["channel_id"]))
            names["rest"] = client_rest
            exec(compile(code, str(PAGE), "exec"), names)
    finally:
        for handler in list(logging.getLogger().handlers):
            if isinstance(handler, WebhookLogHandler):
                logging.getLogger().removeHandler(handler)
                with contextlib.suppress(Exception):
                    handler.close()
    assert names["failed"] == []
    assert names["path"].read_bytes()
    assert isinstance(client_rest, Rest)
