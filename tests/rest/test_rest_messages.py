from __future__ import annotations

from json import dumps
from typing import Any

import pytest
from rest_fake import TOKEN, Answer, FakeDiscord, message

from disruption.errors import InvalidArgument
from disruption.rest import Rest
from disruption.rest.messages import _age_of
from disruption.types import (
    ActionRow,
    AllowedMentions,
    Button,
    ButtonStyle,
    Container,
    Embed,
    EmbedField,
    MessageReference,
    Snowflake,
    TextDisplay,
    decode,
)

NOW_ID = (2**42 - 1) << 22  # the youngest there can be
OLD_ID = 1 << 22


def sent(discord: FakeDiscord) -> dict[str, Any]:
    body = discord.requests[-1].json
    assert isinstance(body, dict)
    return body


@pytest.fixture(autouse=True)
def _answers(discord: FakeDiscord) -> None:
    discord.default = Answer(json=message())


def test_a_message_pings_nobody_but_the_author_replied_to(discord: FakeDiscord, rest: Rest) -> None:
    rest.create_message(2, content="@everyone")
    assert sent(discord)["allowed_mentions"] == {"parse": [], "replied_user": True}
    rest.create_message(2, content="x", allowed_mentions=None)
    assert "allowed_mentions" not in sent(discord)
    rest.create_message(2, content="x", allowed_mentions=AllowedMentions(users=[Snowflake(5)]))
    assert sent(discord)["allowed_mentions"] == {"users": ["5"]}


def test_a_layout_brings_its_flag(discord: FakeDiscord, rest: Rest) -> None:
    layout, row = TextDisplay.of("x"), ActionRow.of(Button.link("Docs", "https://example.com"))
    rest.create_message(2, components=[row, layout], flags=1 << 12)
    assert sent(discord)["flags"] == 1 << 12 | 1 << 15
    rest.create_message(2, components=[row])
    assert "flags" not in sent(discord)
    rest.edit_message(2, 3, components=[layout])
    assert sent(discord)["flags"] == 1 << 15
    rest.edit_message(2, 3, components=[layout], flags=4)
    assert sent(discord)["flags"] == 4 | 1 << 15
    rest.edit_message(2, 3, components=[row])
    assert "flags" not in sent(discord)
    with pytest.raises(InvalidArgument, match="no content, embeds or poll"):
        rest.create_message(2, content="text", components=[layout])


def test_a_file_that_came_with_a_message_can_go_back_with_it(
    discord: FakeDiscord, rest: Rest
) -> None:
    url = "https://cdn.discordapp.com/attachments/1/2/a.json"
    came = {"type": 13, "file": {"url": url, "attachment_id": "2"}, "name": "a.json", "size": 2}
    box = decode(Container, dumps({"type": 17, "components": [came]}).encode())
    rest.edit_message(2, 3, components=[box, came])
    for file in (sent(discord)["components"][0]["components"][0], sent(discord)["components"][1]):
        assert file["file"] == {"url": "attachment://a.json"}
    assert came["file"]["url"] == url


def test_the_client_can_say_whom_messages_ping(discord: FakeDiscord) -> None:
    with Rest(TOKEN, base_url=discord.url, allowed_mentions={"parse": ["users"]}) as rest:
        rest.create_message(2, content="x")
        assert sent(discord)["allowed_mentions"] == {"parse": ["users"]}
        rest.edit_message(2, 3, content="x")
        assert sent(discord)["allowed_mentions"] == {"parse": ["users"]}
        rest.edit_message(2, 3, flags=4)
        assert sent(discord) == {"flags": 4}


@pytest.mark.parametrize(
    "bad",
    [
        {"parse": ["all"]},
        {"parse": ["users"], "users": [1]},
        {"roles": list(range(101))},
    ],
)
def test_mentions_that_discord_refuses_are_refused(rest: Rest, bad: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument, match="allowed_mentions"):
        rest.create_message(2, content="x", allowed_mentions=bad)


def test_a_message_of_everything(discord: FakeDiscord, rest: Rest) -> None:
    rest.create_message(
        2,
        content="x",
        embeds=[Embed(title="T", fields=[EmbedField(name="n", value="v")]), {"title": "U"}],
        components=[
            ActionRow(components=[Button(style=ButtonStyle.LINK, label="x", url="https://x")])
        ],
        sticker_ids=[5, "6"],
        poll={"question": {"text": "?"}, "answers": [{"poll_media": {"text": "!"}}]},
        message_reference=MessageReference(message_id=Snowflake(9)),
        flags=4096,
        tts=True,
        nonce="mine",
    )
    body = sent(discord)
    assert body["embeds"] == [
        {"title": "T", "fields": [{"name": "n", "value": "v"}]},
        {"title": "U"},
    ]
    assert body["sticker_ids"] == ["5", "6"]
    assert body["message_reference"] == {"message_id": "9"}
    assert body["flags"] == 4096
    assert body["tts"] is True
    assert body["nonce"] == "mine"
    assert body["enforce_nonce"] is True


def test_a_message_without_an_enforced_nonce_is_not_repeated(
    discord: FakeDiscord, rest: Rest
) -> None:
    discord.answer(Answer(status=500, json={}))
    with pytest.raises(Exception, match="500"):
        rest.create_message(2, content="x", nonce="mine", enforce_nonce=False)
    assert len(discord.requests) == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({}, "empty message"),
        ({"content": ""}, "empty message"),
        ({"content": " \n"}, "empty message"),
        ({"content": "x" * 2001}, "content"),
        ({"content": 5}, "content"),
        ({"content": "x", "embeds": [Embed(title="x")] * 11}, "embeds"),
        ({"embeds": Embed(title="x")}, "embeds"),
        ({"embeds": [Embed(title="x" * 257)]}, "embeds.0.title"),
        ({"embeds": [{"description": "x" * 4097}]}, "embeds.0.description"),
        ({"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}, "6000"),
        ({"embeds": [{"fields": [{"name": "", "value": "x"}]}]}, "embeds.0.fields.0.name"),
        ({"embeds": [{"fields": [{"name": "x", "value": "x"}] * 26}]}, "25"),
        ({"embeds": [{"footer": {"text": "x" * 2049}}]}, "embeds.0.footer.text"),
        ({"content": "x", "sticker_ids": [1, 2, 3, 4]}, "sticker_ids"),
        ({"content": "x", "sticker_ids": ["y"]}, r"sticker_ids\[0\]"),
        ({"content": "x", "nonce": "x" * 26}, "nonce"),
        ({"content": "x", "flags": 1 << 15}, "V2"),
    ],
)
def test_what_discord_would_refuse_is_refused(
    discord: FakeDiscord, rest: Rest, arguments: dict[str, Any], named: str
) -> None:
    with pytest.raises(InvalidArgument, match=named):
        rest.create_message(2, **arguments)
    assert not discord.requests


def test_a_sticker_or_a_forward_is_enough(discord: FakeDiscord, rest: Rest) -> None:
    rest.create_message(2, sticker_ids=[5])
    rest.create_message(2, message_reference={"type": 1, "message_id": "3", "channel_id": "4"})
    assert len(discord.requests) == 2


def test_an_edit_leaves_alone_or_clears(discord: FakeDiscord, rest: Rest) -> None:
    rest.edit_message(2, 3, content=None, embeds=[])
    assert sent(discord) == {"content": None, "embeds": []}
    rest.edit_message(2, 3, attachments=[5])
    assert sent(discord) == {"attachments": [{"id": "5"}]}


def test_lists_have_their_query(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(json=[message()])
    assert rest.get_channel_messages(2, before=9, limit=100)[0].id == 10
    assert discord.requests[-1].path.endswith("/messages?before=9&limit=100")
    discord.default = Answer(json=[])
    rest.get_reactions(2, 3, "👍", after="5", type=1)
    assert discord.requests[-1].path.endswith("/reactions/%F0%9F%91%8D?type=1&after=5")
    with pytest.raises(InvalidArgument, match="only one"):
        rest.get_channel_messages(2, before=9, after=8)
    with pytest.raises(InvalidArgument, match="limit"):
        rest.get_channel_messages(2, limit=101)


def test_reactions(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(status=204)
    rest.create_reaction(2, 3, "👍")
    rest.delete_own_reaction(2, 3, "a:5")
    rest.delete_user_reaction(2, 3, "a:5", 7)
    rest.delete_all_reactions_for_emoji(2, 3, "a:5")
    rest.delete_all_reactions(2, 3)
    start = "/api/v10/channels/2/messages/3/reactions"
    assert [(each.method, each.path) for each in discord.requests] == [
        ("PUT", f"{start}/%F0%9F%91%8D/@me"),
        ("DELETE", f"{start}/a%3A5/@me"),
        ("DELETE", f"{start}/a%3A5/7"),
        ("DELETE", f"{start}/a%3A5"),
        ("DELETE", start),
    ]


@pytest.mark.parametrize("emoji", ["..", ".", "../2", "", "a/b"])
def test_no_emoji_deletes_the_message(discord: FakeDiscord, rest: Rest, emoji: str) -> None:
    with pytest.raises(InvalidArgument):
        rest.delete_all_reactions_for_emoji(2, 3, emoji)
    assert not discord.requests


def test_bulk_deletion(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(status=204)
    rest.bulk_delete_messages(2, [NOW_ID, NOW_ID - 1])
    assert sent(discord) == {"messages": [str(NOW_ID), str(NOW_ID - 1)]}
    for bad, why in (
        ([NOW_ID], "between 2 and 100"),
        ([NOW_ID] * 2, "twice"),
        ([NOW_ID, OLD_ID], "two weeks"),
        ([NOW_ID - n for n in range(101)], "between 2 and 100"),
    ):
        with pytest.raises(InvalidArgument, match=why):
            rest.bulk_delete_messages(2, bad)
    assert len(discord.requests) == 1


def test_old_messages_have_a_limit_of_their_own() -> None:
    assert _age_of(OLD_ID) == "old"
    assert _age_of(NOW_ID) == ""
