"""Lists of messages and what belongs to them: history, reactions, pins, polls, search."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from rest_fake import Answer, FakeDiscord, Request, message
from rest_table import USER, Case, run

from disruption.errors import InvalidArgument
from disruption.rest import Rest
from disruption.types import SearchHasType

SEARCH = {"doing_deep_historical_index": False, "total_results": 1, "messages": [[message()]]}
THEN = datetime(2026, 1, 2, tzinfo=timezone.utc)
ZONE = "2026-01-02T00%3A00%3A00%2B00%3A00"
LOW = (int(THEN.timestamp() * 1000) - 1_420_070_400_000) << 22
CASES = [
    Case(
        "get_channel_messages",
        (2,),
        f"GET /channels/2/messages?before={LOW}&limit=3",
        {"before": THEN, "limit": 3},
        answer=[message()],
    ),
    Case(
        "get_channel_messages",
        (2,),
        f"GET /channels/2/messages?after={LOW + 2**22 - 1}",
        {"after": THEN},
        answer=[],
    ),
    Case(
        "get_channel_pins",
        (2,),
        f"GET /channels/2/messages/pins?before={ZONE}&limit=50",
        {"before": THEN, "limit": 50},
        answer={"items": [], "has_more": False},
    ),
    Case("pin_message", (2, 5), "PUT /channels/2/messages/pins/5", {"reason": "why"}),
    Case("unpin_message", (2, 5), "DELETE /channels/2/messages/pins/5", {"reason": "why"}),
    Case(
        "get_answer_voters",
        (2, 5, 1),
        "GET /channels/2/polls/5/answers/1?after=3&limit=100",
        {"after": 3, "limit": 100},
        answer={"users": [USER]},
    ),
    Case("end_poll", (2, 5), "POST /channels/2/polls/5/expire", answer=message()),
    Case(
        "search_guild_messages",
        (4,),
        "GET /guilds/4/messages/search?content=x&channel_id=1&channel_id=2&has=link&has=-poll"
        "&pinned=false&min_id=9&sort_by=timestamp&sort_order=asc&limit=25&offset=5",
        {
            "content": "x",
            "channel_id": [1, 2],
            "has": [SearchHasType.LINK, "-poll"],
            "pinned": False,
            "min_id": 9,
            "sort_by": "timestamp",
            "sort_order": "asc",
            "limit": 25,
            "offset": 5,
        },
        answer=SEARCH,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)


@pytest.mark.parametrize(
    ("method", "args", "options", "says"),
    [
        ("get_channel_messages", (2,), {"before": 1, "after": 2}, "only one"),
        ("get_channel_pins", (2,), {"limit": 51}, "limit"),
        ("get_channel_pins", (2,), {"before": 5}, "before"),
        ("get_answer_voters", (2, 5, 1), {"limit": 0}, "limit"),
        ("search_guild_messages", (4,), {"content": "x" * 1025}, "content"),
        ("search_guild_messages", (4,), {"author_id": "5"}, "author_id"),
        ("search_guild_messages", (4,), {"author_id": range(101)}, "author_id"),
        ("search_guild_messages", (4,), {"link_hostname": ["x" * 257]}, "link_hostname"),
        ("search_guild_messages", (4,), {"slop": 101}, "slop"),
        ("search_guild_messages", (4,), {"sort_order": "up"}, "sort_order"),
        ("search_guild_messages", (4,), {"colour": "red"}, "colour"),
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


class History:
    """Answers like a channel with messages 1 to `count`, a user list or a search."""

    def __init__(self, count: int) -> None:
        self.ids = list(range(1, count + 1))

    def messages(self, request: Request) -> Answer:
        asked = query(request)
        limit = int(asked["limit"])
        if "after" in asked:
            found = [n for n in self.ids if n > int(asked["after"])][:limit]
        else:
            found = [n for n in self.ids if n < int(asked.get("before", 10**9))][-limit:]
        return Answer(json=[message(id=str(n)) for n in reversed(found)])

    def users(self, request: Request) -> Answer:
        asked = query(request)
        found = [n for n in self.ids if n > int(asked.get("after", 0))][: int(asked["limit"])]
        users = [USER | {"id": str(n)} for n in found]
        return Answer(json={"users": users} if "/polls/" in request.path else users)

    def search(self, request: Request) -> Answer:
        asked = query(request)
        low, high = int(asked.get("min_id", 0)), int(asked.get("max_id", 10**9))
        fitting = [n for n in self.ids if low < n < high]
        page = fitting[:25] if asked["sort_order"] == "asc" else fitting[-25:][::-1]
        hits = [[message(id=str(n))] for n in page]
        return Answer(json=SEARCH | {"total_results": len(fitting), "messages": hits})


def test_history_goes_in_both_directions(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = History(250).messages
    assert [m.id for m in rest.iter_channel_messages(2)] == list(range(250, 0, -1))
    assert len(discord.requests) == 3
    up = rest.iter_channel_messages(2, after=100, limit=120)
    assert [m.id for m in up] == list(range(101, 221))
    between = rest.iter_channel_messages(2, after=10, before=15, oldest_first=True)
    assert [m.id for m in between] == [11, 12, 13, 14]


def test_who_reacted_and_voted_comes_page_by_page(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = History(150).users
    assert [u.id for u in rest.iter_reactions(2, 5, "👍")] == list(range(1, 151))
    assert [u.id for u in rest.iter_answer_voters(2, 5, 1, after=100)] == list(range(101, 151))
    assert len(discord.requests) == 3


def test_pins_go_on_before_the_last_one(discord: FakeDiscord, rest: Rest) -> None:
    def pin(day: int) -> dict[str, Any]:
        return {"pinned_at": f"2026-01-0{day}T00:00:00+00:00", "message": message(id=str(day))}

    discord.answer(
        Answer(json={"items": [pin(3), pin(2)], "has_more": True}),
        Answer(json={"items": [pin(1)], "has_more": False}),
    )
    assert [p.message.id for p in rest.iter_channel_pins(2)] == [3, 2, 1]
    assert query(discord.requests[1])["before"] == "2026-01-02T00:00:00+00:00"


def test_a_search_goes_in_both_directions(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = History(60).search
    down = rest.iter_guild_message_search(4, content="x")
    assert [m.id for m in down] == list(range(60, 0, -1))
    up = rest.iter_guild_message_search(4, content="x", min_id=30, oldest_first=True, limit=26)
    assert [m.id for m in up] == list(range(31, 57))
    with pytest.raises(InvalidArgument):
        rest.iter_guild_message_search(4, content="x" * 2000)
