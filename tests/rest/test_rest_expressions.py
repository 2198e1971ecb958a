"""Emojis, stickers and sounds."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rest_fake import Answer, FakeDiscord
from rest_guild_answers import EMOJI, OGG, OGG_URI, PACK, PNG, PNG_URI, SOUND, STICKER
from rest_table import Case, form, run

from disruption.errors import InvalidArgument
from disruption.rest import Rest

CASES = [
    Case("list_guild_emojis", (4,), "GET /guilds/4/emojis", answer=[EMOJI]),
    Case("get_guild_emoji", (4, 7), "GET /guilds/4/emojis/7", answer=EMOJI),
    Case(
        "create_guild_emoji",
        (4,),
        "POST /guilds/4/emojis",
        {"name": "ok", "image": PNG, "roles": [6], "reason": "why"},
        {"name": "ok", "image": PNG_URI, "roles": ["6"]},
        EMOJI,
    ),
    Case(
        "create_guild_emoji",
        (4,),
        "POST /guilds/4/emojis",
        {"name": "ok", "image": io.BytesIO(PNG)},
        {"name": "ok", "image": PNG_URI},
        EMOJI,
    ),
    Case(
        "modify_guild_emoji",
        (4, 7),
        "PATCH /guilds/4/emojis/7",
        {"name": "no", "roles": None, "reason": "why"},
        {"name": "no", "roles": None},
        EMOJI,
    ),
    Case("delete_guild_emoji", (4, 7), "DELETE /guilds/4/emojis/7", {"reason": "why"}),
    Case(
        "list_application_emojis",
        (5,),
        "GET /applications/5/emojis",
        answer={"items": [EMOJI]},
    ),
    Case("get_application_emoji", (5, 7), "GET /applications/5/emojis/7", answer=EMOJI),
    Case(
        "create_application_emoji",
        (5,),
        "POST /applications/5/emojis",
        {"name": "ok", "image": PNG},
        {"name": "ok", "image": PNG_URI},
        EMOJI,
    ),
    Case(
        "modify_application_emoji",
        (5, 7),
        "PATCH /applications/5/emojis/7",
        {"name": "no"},
        {"name": "no"},
        EMOJI,
    ),
    Case("delete_application_emoji", (5, 7), "DELETE /applications/5/emojis/7"),
    # Stickers
    Case("get_sticker", (8,), "GET /stickers/8", answer=STICKER),
    Case("list_sticker_packs", (), "GET /sticker-packs", answer={"sticker_packs": [PACK]}),
    Case("get_sticker_pack", (9,), "GET /sticker-packs/9", answer=PACK),
    Case("list_guild_stickers", (4,), "GET /guilds/4/stickers", answer=[STICKER]),
    Case("get_guild_sticker", (4, 8), "GET /guilds/4/stickers/8", answer=STICKER),
    Case(
        "modify_guild_sticker",
        (4, 8),
        "PATCH /guilds/4/stickers/8",
        {"name": "new", "description": None, "tags": "x", "reason": "why"},
        {"name": "new", "description": None, "tags": "x"},
        STICKER,
    ),
    Case("delete_guild_sticker", (4, 8), "DELETE /guilds/4/stickers/8", {"reason": "why"}),
    # Sounds
    Case(
        "send_soundboard_sound",
        (2,),
        "POST /channels/2/send-soundboard-sound",
        {"sound_id": 11, "source_guild_id": 4},
        {"sound_id": "11", "source_guild_id": "4"},
    ),
    Case(
        "send_soundboard_sound",
        (2,),
        "POST /channels/2/send-soundboard-sound",
        {"sound_id": 11},
        {"sound_id": "11"},
    ),
    Case(
        "list_default_soundboard_sounds",
        (),
        "GET /soundboard-default-sounds",
        answer=[SOUND],
    ),
    Case(
        "list_guild_soundboard_sounds",
        (4,),
        "GET /guilds/4/soundboard-sounds",
        answer={"items": [SOUND]},
    ),
    Case(
        "get_guild_soundboard_sound",
        (4, 11),
        "GET /guilds/4/soundboard-sounds/11",
        answer=SOUND,
    ),
    Case(
        "create_guild_soundboard_sound",
        (4,),
        "POST /guilds/4/soundboard-sounds",
        {"name": "quack", "sound": OGG, "volume": 0.5, "emoji_name": "🦆", "reason": "why"},
        {"name": "quack", "sound": OGG_URI, "volume": 0.5, "emoji_name": "🦆"},
        SOUND,
    ),
    Case(
        "modify_guild_soundboard_sound",
        (4, 11),
        "PATCH /guilds/4/soundboard-sounds/11",
        {"name": "new", "volume": None, "emoji_id": 7, "emoji_name": None, "reason": "why"},
        {"name": "new", "volume": None, "emoji_id": "7", "emoji_name": None},
        SOUND,
    ),
    Case(
        "delete_guild_soundboard_sound",
        (4, 11),
        "DELETE /guilds/4/soundboard-sounds/11",
        {"reason": "why"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)
    assert rest.counters["types.mended_payloads"] == 0


@pytest.mark.parametrize(
    ("content", "filename", "kind"),
    [
        (PNG, "sticker.png", "image/png"),
        (b"GIF89a", "sticker.gif", "image/gif"),
        (b'{"v": "5.5.2"}', "sticker.json", "application/json"),
    ],
)
def test_a_sticker_is_a_form(
    discord: FakeDiscord, rest: Rest, content: bytes, filename: str, kind: str
) -> None:
    discord.answer(Answer(json=STICKER))
    made = rest.create_guild_sticker(4, name="wave", tags="👋", file=content, reason="why")
    assert made.id == 8
    request = discord.requests[0]
    assert (request.method, request.path) == ("POST", "/api/v10/guilds/4/stickers")
    assert request.headers["X-Audit-Log-Reason"] == "why"
    parts = form(request.body)
    assert parts["name"][1] == b"wave"
    assert parts["tags"][1] == "👋".encode()
    assert parts["description"][1] == b""
    headers, sent = parts["file"]
    assert sent == content
    assert headers["content-type"] == kind
    assert f'filename="{filename}"' in headers["content-disposition"]


def test_emojis_know_whose_they_are(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(json=EMOJI), Answer(json={"items": [EMOJI]}))
    of_guild = rest.get_guild_emoji(4, 7)
    (of_application,) = rest.list_application_emojis(5)
    assert of_guild.guild_id == 4
    assert of_application.application_id == 5
    assert of_guild == of_application
    assert of_guild.to_dict() == EMOJI


@pytest.mark.parametrize(
    ("method", "args", "options", "says"),
    [
        ("create_guild_emoji", (4,), {"name": "a b", "image": PNG}, "name must be 2 to 32"),
        ("create_guild_emoji", (4,), {"name": "x", "image": PNG}, "name must be 2 to 32"),
        ("create_guild_emoji", (4,), {"name": "ok", "image": b""}, "image is empty"),
        (
            "create_application_emoji",
            (5,),
            {"name": "ok", "image": PNG + b"x" * 262144},
            "image must have at most 256 KiB",
        ),
        ("modify_guild_emoji", (4, 7), {"name": "ö" * 3}, "name must be 2 to 32"),
        ("create_guild_sticker", (4,), {"name": "x", "tags": "t", "file": PNG}, "name"),
        ("create_guild_sticker", (4,), {"name": "xx", "tags": "", "file": PNG}, "tags"),
        (
            "create_guild_sticker",
            (4,),
            {"name": "xx", "tags": "t", "file": PNG, "description": "d"},
            "description",
        ),
        ("create_guild_sticker", (4,), {"name": "xx", "tags": "t", "file": b"x"}, "file must be"),
        (
            "create_guild_sticker",
            (4,),
            {"name": "xx", "tags": "t", "file": PNG + b"x" * 524288},
            "file must have at most 512 KiB",
        ),
        ("create_guild_soundboard_sound", (4,), {"name": "xx", "sound": PNG}, "sound must be an"),
        (
            "create_guild_soundboard_sound",
            (4,),
            {"name": "xx", "sound": OGG, "volume": 2},
            "volume must be between 0 and 1",
        ),
        (
            "create_guild_soundboard_sound",
            (4,),
            {"name": "xx", "sound": OGG, "emoji_id": 1, "emoji_name": "x"},
            "only one of emoji_id",
        ),
        ("modify_guild_soundboard_sound", (4, 11), {"volume": "1"}, "volume must be a number"),
    ],
)
def test_what_discord_would_refuse_is_not_sent(
    discord: FakeDiscord,
    rest: Rest,
    method: str,
    args: tuple[Any, ...],
    options: dict[str, Any],
    says: str,
) -> None:
    with pytest.raises(InvalidArgument, match=says):
        getattr(rest, method)(*args, **options)
    assert not discord.requests
