from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from rest_fake import Answer, FakeDiscord, Request
from rest_table import ENTITLEMENT, Case, run

from disruption.errors import InvalidArgument
from disruption.rest import Rest

SKU = {"id": "9", "type": 5, "application_id": "5", "name": "n", "slug": "s", "flags": 128}
SUBSCRIPTION = {
    "id": "8",
    "user_id": "3",
    "sku_ids": ["9"],
    "entitlement_ids": [],
    "renewal_sku_ids": None,
    "current_period_start": "2026-11-24T20:00:00+00:00",
    "current_period_end": "2026-12-24T20:00:00+00:00",
    "status": 0,
    "canceled_at": None,
}
LIST = "/applications/5/entitlements"
CASES = [
    Case("list_skus", (5,), "GET /applications/5/skus", answer=[SKU]),
    Case(
        "list_entitlements",
        (5,),
        f"GET {LIST}?user_id=3&sku_ids=9%2C10&guild_id=4&before=8&limit=100&exclude_ended=true",
        {
            "user_id": 3,
            "sku_ids": [9, 10],
            "guild_id": 4,
            "before": 8,
            "limit": 100,
            "exclude_ended": True,
        },
        answer=[ENTITLEMENT],
    ),
    Case("get_entitlement", (5, 8), f"GET {LIST}/8", answer=ENTITLEMENT),
    Case("consume_an_entitlement", (5, 8), f"POST {LIST}/8/consume"),
    Case(
        "create_test_entitlement",
        (5,),
        f"POST {LIST}",
        {"sku_id": 9, "owner_id": 4, "owner_type": 1},
        {"sku_id": "9", "owner_id": "4", "owner_type": 1},
        ENTITLEMENT,
    ),
    Case("delete_test_entitlement", (5, 8), f"DELETE {LIST}/8"),
    Case(
        "get_current_user_application_entitlements",
        (5,),
        f"GET /users/@me{LIST}?sku_ids=9&exclude_consumed=true",
        {"sku_ids": [9], "exclude_consumed": True},
        answer=[ENTITLEMENT],
    ),
    Case(
        "list_sku_subscriptions",
        (9,),
        "GET /skus/9/subscriptions?user_id=3&after=5&limit=1",
        {"user_id": 3, "after": 5, "limit": 1},
        answer=[SUBSCRIPTION],
    ),
    Case(
        "get_sku_subscription",
        (9, 8),
        "GET /skus/9/subscriptions/8?user_id=3",
        {"user_id": 3},
        answer=SUBSCRIPTION,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)


@pytest.mark.parametrize(
    ("method", "options", "says"),
    [
        ("list_entitlements", {"limit": 101}, "limit"),
        ("list_entitlements", {"sku_ids": range(101)}, "sku_ids"),
        (
            "create_test_entitlement",
            {"sku_id": 1, "owner_id": 2, "owner_type": 3},
            "owner_type",
        ),
        ("list_sku_subscriptions", {"limit": 0}, "limit"),
    ],
)
def test_bad_arguments_are_refused_before_sending(
    discord: FakeDiscord, rest: Rest, method: str, options: dict[str, object], says: str
) -> None:
    with pytest.raises(InvalidArgument, match=says):
        getattr(rest, method)(5, **options)
    assert discord.requests == []


def test_lists_go_in_both_directions(discord: FakeDiscord, rest: Rest) -> None:
    def listed(request: Request) -> Answer:
        asked = {k: v[0] for k, v in parse_qs(urlsplit(request.path).query).items()}
        limit, kind = int(asked["limit"]), ENTITLEMENT if LIST in request.path else SUBSCRIPTION
        if "after" in asked:
            found = [n for n in range(1, 131) if n > int(asked["after"])][:limit]
        else:
            found = [n for n in range(1, 131) if n < int(asked.get("before", 999))][-limit:]
        return Answer(json=[kind | {"id": str(n)} for n in found])

    discord.default = listed
    assert [e.id for e in rest.iter_entitlements(5)] == list(range(130, 0, -1))
    assert [e.id for e in rest.iter_entitlements(5, after=120)] == list(range(121, 131))
    assert [s.id for s in rest.iter_sku_subscriptions(9, oldest_first=True)] == list(range(1, 131))
