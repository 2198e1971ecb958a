"""Messages, their files, pins and reactions, over plain HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
from local_rest_support import Stage

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x06\x00\x00\x00"
    b"\x00\x00\x00\x00"
)
THUMB = "%F0%9F%91%8D"


def test_a_message_is_sent_read_edited_and_deleted(stage: Stage) -> None:
    events = stage.events()
    sent = stage.bot.ok("POST", stage.messages, {"content": "hi", "nonce": "n1", "tts": False})
    assert (sent["content"], sent["nonce"], sent["author"]["id"]) == ("hi", "n1", stage.bot_id)
    for key in ("mentions", "mention_roles", "attachments", "embeds", "components"):
        assert sent[key] == []
    path = f"{stage.messages}/{sent['id']}"
    assert stage.bot.ok("GET", path)["content"] == "hi"
    edited = stage.bot.ok("PATCH", path, {"content": "ho", "embeds": [{"title": "T"}]})
    assert (edited["content"], edited["embeds"]) == ("ho", [{"type": "rich", "title": "T"}])
    assert edited["edited_timestamp"] is not None
    assert stage.bot.ok("DELETE", path) is None
    assert stage.bot.refused("GET", path) == (404, 10008)
    assert [name for name, _ in events] == ["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"]


def test_an_edit_may_not_leave_nothing(stage: Stage) -> None:
    sent = stage.bot.ok("POST", stage.messages, {"content": "hi"})
    path = f"{stage.messages}/{sent['id']}"
    assert stage.bot.refused("PATCH", path, {"content": ""}) == (400, 50006)
    assert stage.bot.ok("PATCH", path, {})["content"] == "hi"


def test_history_is_paged_in_each_direction(stage: Stage) -> None:
    ids = [stage.world.messages.create(stage.general, stage.ann, str(i))["id"] for i in range(120)]

    def page(**query: Any) -> list[int]:
        return [int(m["content"]) for m in stage.bot.ok("GET", stage.messages, params=query)]

    assert page() == list(range(119, 69, -1))
    first = page(limit=100)
    assert page(limit=100, before=ids[first[-1]]) == list(range(19, -1, -1))
    assert page(limit=100, before=ids[0]) == []
    assert page(limit=3, after=ids[10]) == [13, 12, 11]
    assert page(after=ids[119]) == []
    assert page(limit=5, around=ids[50]) == [52, 51, 50, 49, 48]
    assert stage.bot.refused("GET", stage.messages, params={"limit": 101}) == (400, 50035)


def test_a_reply_carries_what_it_answers(stage: Stage) -> None:
    asked = stage.world.messages.create(stage.general, stage.ann, "?")
    reply = {"content": "!", "message_reference": {"message_id": asked["id"]}}
    sent = stage.bot.ok("POST", stage.messages, reply)
    assert (sent["type"], sent["referenced_message"]["content"]) == (19, "?")
    assert [user["id"] for user in sent["mentions"]] == [stage.ann]
    quiet = {**reply, "allowed_mentions": {"parse": []}}
    assert stage.bot.ok("POST", stage.messages, quiet)["mentions"] == []
    lost = {"content": "!", "message_reference": {"message_id": "5"}}
    assert stage.bot.refused("POST", stage.messages, lost) == (400, 50035)
    lost["message_reference"]["fail_if_not_exists"] = False  # type: ignore[index]
    assert stage.bot.ok("POST", stage.messages, lost)["referenced_message"] is None


def test_a_repeated_nonce_gives_the_first_message_again(stage: Stage) -> None:
    body = {"content": "once", "nonce": "abc", "enforce_nonce": True}
    first, second = (stage.bot.ok("POST", stage.messages, body) for _ in range(2))
    assert first["id"] == second["id"]
    assert len(stage.world.messages.list(stage.general)) == 1


def parts(order: str, **payload: Any) -> list[tuple[str, Any]]:
    """Make a multipart form as different clients do."""
    text = json.dumps(payload)
    file0 = ("files[0]", ("a.txt", b"hello", "text/plain"))
    return {
        "first": [("payload_json", (None, text, "application/json")), file0],
        "last": [file0, ("payload_json", (None, text, "text/plain"))],
        "octets": [("payload_json", (None, text, "application/octet-stream")), file0],
        "bare": [("payload_json", (None, text)), file0],
        "named": [("payload_json", ("blob", text, "application/json")), file0],
        "from one": [("files[1]", ("a.txt", b"hello")), ("payload_json", (None, text))],
        "untyped": [("file", ("a.txt", b"hello")), ("payload_json", (None, text))],
    }[order]


@pytest.mark.parametrize(
    "order", ["first", "last", "octets", "bare", "named", "from one", "untyped"]
)
def test_uploads_in_the_form_of_each_client(stage: Stage, order: str) -> None:
    sent = stage.bot.ok("POST", stage.messages, files=parts(order, content="see"))
    assert sent["content"] == "see"
    [file] = sent["attachments"]
    assert (file["filename"], file["size"]) == ("a.txt", 5)
    got = requests.get(file["url"], timeout=20)
    assert got.content == b"hello"
    assert got.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_attachments_are_described_measured_kept_and_dropped(stage: Stage) -> None:
    described = [{"id": 1, "description": "two", "filename": "b.png"}]
    form = [
        ("payload_json", (None, json.dumps({"attachments": described}))),
        ("files[0]", ("a.txt", b"a")),
        ("files[1]", ("x.png", PNG)),
    ]
    sent = stage.bot.ok("POST", stage.messages, files=form)
    first, second = sent["attachments"]
    assert (second["filename"], second["description"]) == ("b.png", "two")
    assert (second["width"], second["height"]) == (3, 2)
    path = f"{stage.messages}/{sent['id']}"
    more = [
        ("payload_json", (None, json.dumps({"attachments": [{"id": second["id"]}, {"id": 0}]}))),
        ("files[0]", ("c.txt", b"c")),
    ]
    edited = stage.bot.ok("PATCH", path, files=more)
    assert [item["filename"] for item in edited["attachments"]] == ["b.png", "c.txt"]
    assert first["id"] not in [item["id"] for item in edited["attachments"]]
    emptied = stage.bot.ok("PATCH", path, {"attachments": [], "content": "bare"})
    assert emptied["attachments"] == []


def test_files_that_embeds_and_components_show_are_no_attachments_beside_them(
    stage: Stage,
) -> None:
    embed = {"image": {"url": "attachment://a.png"}}
    form = [
        ("payload_json", (None, json.dumps({"embeds": [embed]}))),
        ("files[0]", ("a.png", PNG)),
        ("files[1]", ("b.png", PNG)),
    ]
    sent = stage.bot.ok("POST", stage.messages, files=form)
    assert sent["embeds"][0]["image"]["url"].endswith("/a.png")
    assert [item["filename"] for item in sent["attachments"]] == ["b.png"]
    path = f"{stage.messages}/{sent['id']}"
    assert stage.bot.ok("GET", path)["attachments"] == sent["attachments"]
    # Nothing was said about the files: they are kept, and shown where no embed shows them.
    edited = stage.bot.ok("PATCH", path, {"content": "x"})
    assert edited["attachments"] == sent["attachments"]
    bare = stage.bot.ok("PATCH", path, {"embeds": []})
    assert [item["filename"] for item in bare["attachments"]] == ["a.png", "b.png"]
    again = stage.bot.ok("PATCH", path, {"embeds": [embed]})
    assert again["embeds"][0]["image"] == sent["embeds"][0]["image"]
    assert again["attachments"] == sent["attachments"]

    gallery = {"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}
    shown = {"type": 13, "file": {"url": "attachment://b.png"}}
    body = {"flags": 1 << 15, "components": [gallery, shown]}
    form[0] = ("payload_json", (None, json.dumps(body)))
    sent = stage.bot.ok("POST", stage.messages, files=form)
    media = sent["components"][0]["items"][0]["media"]
    assert media["url"].endswith("/a.png")
    assert media["attachment_id"]
    assert sent["attachments"] == []
    forward = {"type": 1, "channel_id": sent["channel_id"], "message_id": sent["id"]}
    forwarded = stage.bot("POST", stage.messages, {"message_reference": forward}).json()
    assert forwarded["message_snapshots"][0]["message"]["attachments"] == []


def test_components_come_back_with_what_discord_adds(stage: Stage) -> None:
    url = "https://example.com/a.png"
    body = {
        "flags": 1 << 15,
        "components": [
            {"type": 12, "items": [{"media": {"url": url}, "description": None}]},
            {"type": 17, "components": [{"type": 10, "content": "x"}], "id": None},
        ],
    }
    gallery, container = stage.bot.ok("POST", stage.messages, body)["components"]
    [item] = gallery["items"]
    assert (item["description"], item["spoiler"]) == (None, False)
    assert item["media"]["proxy_url"] == url
    assert item["media"]["id"]
    assert (container["accent_color"], container["spoiler"]) == (None, False)
    assert [gallery["id"], container["id"], container["components"][0]["id"]] == [1, 2, 3]


def test_uploads_are_never_served_as_a_page(stage: Stage) -> None:
    form = [("files[0]", ("../../evil.html", b"<script>alert(1)</script>", "text/html"))]
    [file] = stage.bot.ok("POST", stage.messages, files=form)["attachments"]
    assert "/" not in file["filename"]
    got = requests.get(file["url"], timeout=20)
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"


def test_too_large_files_are_refused(stage: Stage) -> None:
    form = [("files[0]", ("big.bin", b"x" * (10 * 1024 * 1024 + 1)))]
    assert stage.bot.refused("POST", stage.messages, files=form) == (413, 40005)


def test_pictures_that_nobody_uploaded_are_drawn(stage: Stage) -> None:
    origin = stage.bot.base.removesuffix("/api/v10")
    for path in (
        f"/avatars/{stage.ann}/abc.png?size=128",
        "/embed/avatars/3.png",
        "/emojis/5.webp",
    ):
        got = requests.get(origin + path, timeout=20)
        assert got.headers["Content-Type"] == "image/png"
        assert got.content.startswith(b"\x89PNG")
    missing = requests.get(f"{origin}/attachments/1/2/a.txt", timeout=20)
    assert missing.status_code == 404


def test_bulk_delete_takes_two_to_a_hundred(stage: Stage) -> None:
    ids = [stage.world.messages.create(stage.general, stage.ann, "x")["id"] for _ in range(3)]
    path = stage.messages + "/bulk-delete"
    assert stage.bot.refused("POST", path, {"messages": ids[:1]}) == (400, 50016)
    assert stage.bot.ok("POST", path, {"messages": ids}) is None
    assert stage.world.messages.list(stage.general) == []
    stage.discord.clock.advance(15 * 86400)
    assert stage.bot.refused("POST", path, {"messages": ids}) == (400, 50034)


@pytest.mark.parametrize("style", ["new", "old"])
def test_pins_at_both_paths(stage: Stage, style: str) -> None:
    pins = stage.messages + "/pins" if style == "new" else f"/channels/{stage.general}/pins"
    message = stage.world.messages.create(stage.general, stage.ann, "pin me")
    assert stage.bot.ok("PUT", f"{pins}/{message['id']}") is None
    listed = stage.bot.ok("GET", pins)
    if style == "new":
        assert listed["has_more"] is False
        [item] = listed["items"]
        assert item["pinned_at"]
        after = stage.bot.ok("GET", pins, params={"before": item["pinned_at"]})
        assert after == {"items": [], "has_more": False}
        listed = [item["message"]]
    assert [item["content"] for item in listed] == ["pin me"]
    assert stage.bot.ok("DELETE", f"{pins}/{message['id']}") is None
    assert stage.world.messages.pins(stage.general) == []


def test_reactions_are_made_listed_paged_and_taken_back(stage: Stage) -> None:
    message = stage.world.messages.create(stage.general, stage.ann, "react")
    base = f"{stage.messages}/{message['id']}/reactions"
    assert stage.bot.ok("PUT", f"{base}/{THUMB}/@me") is None
    stage.world.reactions.add(stage.general, message["id"], stage.ann, "👍")
    users = stage.bot.ok("GET", f"{base}/{THUMB}", params={"limit": 100, "type": 0})
    assert {user["id"] for user in users} == {stage.ann, stage.bot_id}
    last = users[-1]["id"]
    assert stage.bot.ok("GET", f"{base}/{THUMB}", params={"limit": 100, "after": last}) == []
    [reaction] = stage.bot.ok("GET", f"{stage.messages}/{message['id']}")["reactions"]
    assert (reaction["count"], reaction["me"], reaction["emoji"]["name"]) == (2, True, "👍")
    assert stage.bot.ok("DELETE", f"{base}/{THUMB}/{stage.ann}") is None
    assert stage.bot.ok("DELETE", f"{base}/{THUMB}/@me") is None
    assert "reactions" not in stage.bot.ok("GET", f"{stage.messages}/{message['id']}")
    assert stage.bot.refused("PUT", f"{base}/notanemoji/@me") == (400, 10014)
    stage.bot.ok("PUT", f"{base}/{THUMB}/@me")
    assert stage.bot.ok("DELETE", f"{base}/{THUMB}") is None
    assert stage.bot.ok("DELETE", base) is None


def test_what_a_bot_may_not_do_is_50013_and_what_it_cannot_see_50001(stage: Stage) -> None:
    message = stage.world.messages.create(stage.general, stage.ann, "mine")
    path = f"{stage.messages}/{message['id']}"
    assert stage.weak.refused("DELETE", path) == (403, 50013)
    assert stage.weak.refused("PATCH", path, {"content": "x"}) == (403, 50005)
    assert stage.bot.refused("PATCH", path, {"content": "x"}) == (403, 50005)
    hidden = stage.world.channels.create(
        stage.guild,
        "hidden",
        permission_overwrites=[{"id": stage.guild, "type": 0, "allow": "0", "deny": str(1 << 10)}],
    )["id"]
    assert stage.weak.refused("GET", f"/channels/{hidden}") == (403, 50001)
    assert stage.weak.refused("POST", f"/channels/{hidden}/messages", {"content": "x"}) == (
        403,
        50001,
    )
    assert stage.bot.ok("GET", f"/channels/{hidden}")["name"] == "hidden"
    assert stage.bot.refused("GET", "/channels/5/messages") == (404, 10003)


def test_direct_messages_are_open_to_both_and_only_to_them(stage: Stage) -> None:
    dm = stage.bot.ok("POST", "/users/@me/channels", {"recipient_id": stage.ann})
    assert (dm["type"], [user["id"] for user in dm["recipients"]]) == (1, [stage.ann])
    again = stage.bot.ok("POST", "/users/@me/channels", {"recipient_id": stage.ann})
    assert again["id"] == dm["id"]
    path = f"/channels/{dm['id']}/messages"
    assert stage.bot.ok("POST", path, {"content": "psst"})["content"] == "psst"
    assert stage.weak.refused("GET", path) == (403, 50001)
    refused = stage.bot.refused("POST", "/users/@me/channels", {"recipient_id": stage.weak_id})
    assert refused == (400, 50007)
    assert stage.bot.refused("POST", "/users/@me/channels", {"recipient_id": "5"}) == (404, 10013)


def test_polls_are_made_of_their_request(stage: Stage) -> None:
    poll = {
        "question": {"text": "Tea?"},
        "answers": [{"poll_media": {"text": "Yes"}}, {"poll_media": {"text": "No"}}],
        "duration": 2,
    }
    made = stage.bot.ok("POST", stage.messages, {"poll": poll})["poll"]
    assert [answer["answer_id"] for answer in made["answers"]] == [1, 2]
    assert made["results"] == {"is_finalized": False, "answer_counts": []}
    assert made["allow_multiselect"] is False


def test_reactions_with_an_emoji_that_does_not_exist(stage: Stage) -> None:
    message = stage.bot.ok("POST", stage.messages, {"content": "a"})
    base = f"{stage.messages}/{message['id']}/reactions"
    assert stage.bot.refused("PUT", f"{base}/party:123/@me") == (400, 10014)
    emoji = stage.world.emojis.create(stage.guild, "party", animated=True)
    assert stage.bot("PUT", f"{base}/old_name:{emoji['id']}/@me").status_code == 204
    [reaction] = stage.bot.ok("GET", f"{stage.messages}/{message['id']}")["reactions"]
    assert reaction["emoji"] == {"id": emoji["id"], "name": "party", "animated": True}


def test_what_threads_do_not_have(stage: Stage) -> None:
    body = {"name": "side", "type": 11}
    thread = stage.bot.ok("POST", f"/channels/{stage.general}/threads", body)["id"]
    refused = (400, 50024)
    assert stage.bot.refused("POST", f"/channels/{thread}/webhooks", {"name": "h"}) == refused
    assert stage.bot.refused("POST", f"/channels/{thread}/invites", {}) == refused
    stage.bot.ok("PATCH", f"/channels/{thread}", {"archived": True})
    assert stage.bot.refused("PATCH", f"/channels/{thread}", {"name": "x"}) == (400, 50083)
    stage.bot.ok("PATCH", f"/channels/{thread}", {"locked": True})
    stage.bot.ok("PATCH", f"/channels/{thread}", {"archived": False, "name": "x"})


def test_new_threads_and_members_are_told_of_by_messages(stage: Stage) -> None:
    body = {"name": "side", "type": 11}
    beside = stage.bot.ok("POST", f"/channels/{stage.general}/threads", body)
    [told] = stage.bot.ok("GET", stage.messages)
    assert (told["type"], told["content"]) == (18, "side")
    assert told["message_reference"]["channel_id"] == beside["id"]
    body["type"] = 12
    stage.bot.ok("POST", f"/channels/{stage.general}/threads", body)
    message = stage.bot.ok("POST", stage.messages, {"content": "a"})
    path = f"{stage.messages}/{message['id']}/threads"
    below = stage.bot.ok("POST", path, {"name": "below"})
    [starter] = stage.bot.ok("GET", f"/channels/{below['id']}/messages")
    assert (starter["type"], starter["referenced_message"]["content"]) == (21, "a")
    assert stage.bot.ok("GET", f"/channels/{below['id']}")["message_count"] == 0
    stage.bot.ok("PATCH", f"/guilds/{stage.guild}", {"system_channel_flags": 0})
    stage.world.user("bob")
    welcome = stage.bot.ok("GET", stage.messages)[0]
    assert (welcome["type"], welcome["author"]["username"]) == (7, "bob")
