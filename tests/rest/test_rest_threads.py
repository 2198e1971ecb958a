from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from rest_fake import Answer, FakeDiscord, Request, message
from rest_table import THREAD, Case, payload, run

from disruption.errors import InvalidArgument, SearchNotReady
from disruption.rest import File, Rest

MEMBER = {"user_id": "3", "join_timestamp": "2026-11-24T20:00:00+00:00", "flags": 0}
LIST = {"threads": [THREAD], "members": [], "has_more": False}
THEN = datetime(2026, 1, 2, tzinfo=timezone.utc)
ZONE = "2026-01-02T00%3A00%3A00%2B00%3A00"
CASES = [
    Case(
        "start_thread_from_message",
        (2, 5),
        "POST /channels/2/messages/5/threads",
        {"name": "n", "auto_archive_duration": 60, "rate_limit_per_user": None, "reason": "why"},
        {"name": "n", "auto_archive_duration": 60, "rate_limit_per_user": None},
        THREAD,
    ),
    Case(
        "start_thread_without_message",
        (2,),
        "POST /channels/2/threads",
        {"name": "n", "type": 12, "invitable": False, "reason": "why"},
        {"name": "n", "type": 12, "invitable": False},
        THREAD,
    ),
    Case(
        "start_thread_in_forum_or_media_channel",
        (2,),
        "POST /channels/2/threads",
        {
            "name": "n",
            "content": "first",
            "sticker_ids": [1],
            "applied_tags": [4],
            "allowed_mentions": None,
            "reason": "why",
        },
        {
            "name": "n",
            "applied_tags": ["4"],
            "message": {"content": "first", "sticker_ids": ["1"]},
        },
        THREAD,
    ),
    Case("join_thread", (7,), "PUT /channels/7/thread-members/@me"),
    Case("add_thread_member", (7, 3), "PUT /channels/7/thread-members/3"),
    Case("leave_thread", (7,), "DELETE /channels/7/thread-members/@me"),
    Case("remove_thread_member", (7, 3), "DELETE /channels/7/thread-members/3"),
    Case(
        "get_thread_member",
        (7, 3),
        "GET /channels/7/thread-members/3?with_member=true",
        {"with_member": True},
        answer=MEMBER,
    ),
    Case(
        "list_thread_members",
        (7,),
        "GET /channels/7/thread-members?with_member=false&after=3&limit=2",
        {"with_member": False, "after": 3, "limit": 2},
        answer=[MEMBER],
    ),
    Case(
        "list_public_archived_threads",
        (2,),
        f"GET /channels/2/threads/archived/public?before={ZONE}&limit=2",
        {"before": THEN, "limit": 2},
        answer=LIST,
    ),
    Case(
        "list_private_archived_threads",
        (2,),
        "GET /channels/2/threads/archived/private",
        answer=LIST,
    ),
    Case(
        "list_joined_private_archived_threads",
        (2,),
        "GET /channels/2/users/@me/threads/archived/private?before=9&limit=2",
        {"before": 9, "limit": 2},
        answer=LIST,
    ),
    Case(
        "search_threads",
        (2,),
        "GET /channels/2/threads/search?name=x&tag=4&tag=5&archived=true&limit=25",
        {"name": "x", "tag": [4, 5], "archived": True, "limit": 25},
        answer=LIST | {"total_results": 1},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)


def test_a_post_comes_with_its_message(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(json=THREAD | {"message": message(id="7", channel_id="7")}))
    thread, first = rest.start_thread_in_forum_or_media_channel(
        2, name="n", files=[File(b"x", filename="x.txt")]
    )
    assert thread.id == 7
    assert first is not None
    assert first.content == "hello"
    sent = payload(discord.requests[0].body)
    assert sent["message"]["attachments"] == [{"id": 0, "filename": "x.txt"}]


@pytest.mark.parametrize(
    ("method", "args", "options", "says"),
    [
        ("start_thread_from_message", (2, 5), {"name": ""}, "name"),
        ("start_thread_without_message", (2,), {"name": "n", "type": 0}, "type"),
        ("start_thread_in_forum_or_media_channel", (2,), {"name": "n"}, "empty"),
        (
            "start_thread_in_forum_or_media_channel",
            (2,),
            {"name": "n", "content": "x", "sticker_ids": [1, 2, 3, 4]},
            "sticker_ids",
        ),
        ("list_thread_members", (2,), {"limit": 101}, "limit"),
        ("list_public_archived_threads", (2,), {"limit": 1}, "limit"),
        ("list_public_archived_threads", (2,), {"before": 5}, "before"),
        ("search_threads", (2,), {"tag": range(21)}, "tag"),
        ("search_threads", (2,), {"offset": 9976}, "offset"),
    ],
)
def test_bad_arguments_are_refused_before_sending(
    discord: FakeDiscord,
    rest: Rest,
    method: str,
    args: tuple[Any, ...],
    options: dict[str, Any],
    says: str,
) -> None:
    with pytest.raises(InvalidArgument, match=says):
        getattr(rest, method)(*args, **options)
    assert discord.requests == []


def query(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}


def test_archived_threads_come_page_by_page(discord: FakeDiscord, rest: Rest) -> None:
    def archived(request: Request) -> Answer:
        asked = query(request)
        before = datetime.fromisoformat(asked["before"]) if "before" in asked else None
        times = [THEN + timedelta(days=day) for day in range(5, 0, -1)]
        times = [time for time in times if before is None or time < before]
        threads = [
            THREAD
            | {
                "id": str(time.day),
                "thread_metadata": {
                    "archived": True,
                    "auto_archive_duration": 60,
                    "archive_timestamp": time.isoformat(),
                    "locked": False,
                },
            }
            for time in times[:2]
        ]
        return Answer(json={"threads": threads, "members": [], "has_more": len(times) > 2})

    discord.default = archived
    assert [t.id for t in rest.iter_public_archived_threads(2)] == [7, 6, 5, 4, 3]
    assert len(discord.requests) == 3
    assert [t.id for t in rest.iter_private_archived_threads(2, limit=1)] == [7]
    assert query(discord.requests[-1])["limit"] == "2"  # Discord's least


def test_joined_threads_and_members_come_by_id(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(
        Answer(json={"threads": [THREAD | {"id": "9"}], "members": [], "has_more": True}),
        Answer(json={"threads": [THREAD | {"id": "8"}], "members": [], "has_more": False}),
    )
    assert [t.id for t in rest.iter_joined_private_archived_threads(2)] == [9, 8]
    assert query(discord.requests[1])["before"] == "9"
    discord.answer(Answer(json=[MEMBER]))
    assert [m.user_id for m in rest.iter_thread_members(7)] == [3]
    assert query(discord.requests[2]) == {"with_member": "true", "limit": "100"}


NOT_READY = Answer(
    202, json={"message": "Index", "code": 110000, "documents_indexed": 0, "retry_after": 0.01}
)


def test_a_search_waits_for_the_index(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(NOT_READY, NOT_READY, Answer(json=LIST | {"total_results": 1}))
    assert rest.search_threads(2, name="x").total_results == 1
    assert rest.counters["rest.searches_not_ready"] == 2


def test_a_search_does_not_wait_longer_than_its_timeout(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(202, json=NOT_READY.json | {"retry_after": 60})
    with pytest.raises(SearchNotReady) as caught:
        rest.search_threads(2, name="x", timeout=5)
    assert caught.value.retry_after == 60
    assert len(discord.requests) == 1
