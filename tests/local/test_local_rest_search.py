"""Search for messages and threads over plain HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from local_rest_support import Stage


class Found:
    """Searches in the stage's guild and returns what was found by its text."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.path = f"/guilds/{stage.guild}/messages/search"

    def __call__(self, **params: Any) -> list[str]:
        body = self.stage.bot.ok("GET", self.path, params=params)
        assert all(item["hit"] for [item] in body["messages"])
        return [item["content"] for [item] in body["messages"]]


@pytest.fixture
def found(stage: Stage) -> Found:
    ann = stage.world.user("ann")
    first = ann.say("#general", "the quick brown fox https://example.com/x")
    ann.say("#general", "a slow brown dog")
    stage.bot.ok("POST", stage.messages, {"content": f"hello <@{stage.ann}> fox"})
    stage.bot.ok("POST", stage.messages, {"content": "file"}, files=None)
    stage.bot("POST", stage.messages, data={"content": "pic"}, files={"files[0]": ("a.png", b"x")})
    ann.say("#general", "an answer", reply_to=first)
    stage.world.messages.pin(stage.general, first.id, stage.ann)
    return Found(stage)


def test_words_in_any_order_newest_first(found: Found) -> None:
    assert [text[:5] for text in found(content="fox")] == ["hello", "the q"]
    assert [text[:5] for text in found(content="fox", sort_order="asc")] == ["the q", "hello"]
    assert found(content="brown slow") == ["a slow brown dog"]
    assert found(content="fo") == []


def test_words_in_order_with_a_slop(found: Found) -> None:
    assert len(found(content="quick fox", slop=1)) == 1
    assert found(content="quick fox", slop=0) == []
    assert found(content="fox quick", slop=9) == []


def test_by_people(found: Found) -> None:
    stage = found.stage
    assert len(found(author_id=stage.bot_id)) == 3
    assert len(found(author_id=[stage.bot_id, stage.ann])) == 7
    assert len(found(author_type="bot")) == 3
    assert len(found(author_type="-bot")) == 4
    assert [text[:5] for text in found(mentions=stage.ann)] == ["an an", "hello"]
    assert found(replied_to_user_id=stage.ann) == ["an answer"]
    assert found(mention_everyone="true") == []


def test_by_form(found: Found) -> None:
    assert [text[:5] for text in found(has="link")] == ["the q"]
    assert len(found(has="-link")) == 6
    assert found(has=["file", "image"]) == ["pic"]
    assert found(attachment_extension="PNG") == ["pic"]
    assert found(attachment_filename="a.png") == ["pic"]
    assert [text[:5] for text in found(link_hostname="example.com")] == ["the q"]
    assert [text[:5] for text in found(pinned="true")] == ["the q"]
    assert found.stage.bot.refused("GET", found.path, params={"has": "soul"}) == (400, 50035)


def test_pages_and_totals(found: Found) -> None:
    everything = found()
    assert len(everything) == 7  # with the message that tells of the pin
    assert found(limit=2) == everything[:2]
    assert found(limit=2, offset=2) == everything[2:4]
    body = found.stage.bot.ok("GET", found.path, params={"limit": 1})
    assert body["total_results"] == 7
    newest = body["messages"][0][0]["id"]
    assert len(found(max_id=newest)) == 6
    assert found(min_id=newest) == []
    assert found.stage.bot.refused("GET", found.path, params={"limit": 26}) == (400, 50035)


def test_nothing_is_found_where_one_may_not_read(found: Found) -> None:
    stage = found.stage
    hidden = [{"id": stage.guild, "type": 0, "allow": "0", "deny": str(1 << 10)}]
    stage.world.channels.update(stage.general, {"permission_overwrites": hidden})
    assert stage.weak.ok("GET", found.path)["total_results"] == 0
    stage.world.channels.update(stage.general, {"permission_overwrites": [], "nsfw": True})
    assert found(content="fox") == []
    assert len(found(content="fox", include_nsfw="true")) == 2


def test_threads_of_a_forum(stage: Stage) -> None:
    tags = [{"name": "bug"}, {"name": "idea"}]
    forum = stage.world.channels.create(stage.guild, "forum", 15, available_tags=tags)
    bug, idea = (tag["id"] for tag in forum["available_tags"])
    for name, applied in (("Red light", [bug]), ("Green light", [bug, idea]), ("Blue", [])):
        body = {"name": name, "applied_tags": applied, "message": {"content": name}}
        assert stage.bot("POST", f"/channels/{forum['id']}/threads", body).status_code == 201
    path = f"/channels/{forum['id']}/threads/search"

    def names(**params: Any) -> list[str]:
        return [item["name"] for item in stage.bot.ok("GET", path, params=params)["threads"]]

    assert names() == ["Blue", "Green light", "Red light"]
    assert names(name="light", sort_order="asc") == ["Red light", "Green light"]
    assert names(tag=f"{bug},{idea}", tag_setting="match_all") == ["Green light"]
    assert names(tag=idea) == ["Green light"]
    assert names(archived="true") == []
    body = stage.bot.ok("GET", path, params={"limit": 1})
    assert (body["has_more"], body["total_results"]) == (True, 3)
    assert [item["content"] for item in body["first_messages"]] == ["Blue"]
    assert stage.bot.refused("GET", f"/channels/{stage.general}/threads/search") == (400, 50024)
