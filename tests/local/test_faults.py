"""When a fault happens: rules, without a server."""

from __future__ import annotations

import pytest

from disruption.local.faults import GATEWAY_KINDS, MOMENTS, REST_KINDS, Fault, Faults

ROUTE = "/channels/{channel_id}/messages"


def taken(faults: Faults, count: int, method: str = "POST") -> list[bool]:
    return [faults.for_request(method, ROUTE) is not None for _ in range(count)]


def test_nothing_goes_wrong_by_itself():
    faults = Faults()
    assert faults.for_request("GET", ROUTE) is None
    assert faults.for_gateway("event", event="READY") is None


def test_next_three():
    faults = Faults()
    faults.add("server_error", times=3)
    assert taken(faults, 5) == [True, True, True, False, False]
    assert faults.counts["server_error"] == 3
    assert faults.rules() == []


def test_every_third_post():
    faults = Faults()
    faults.add("server_error", method="POST", every=3, times=None, status=503)
    assert taken(faults, 3, "GET") == [False] * 3
    assert taken(faults, 6) == [False, False, True, False, False, True]


def test_skip_lets_occasions_pass():
    faults = Faults()
    faults.add("slow", skip=2)
    assert taken(faults, 4) == [False, False, True, False]


def test_parameters_arrive():
    faults = Faults()
    faults.add("rate_limit", scope="shared", retry_after=0.5)
    fault = faults.for_request("POST", ROUTE)
    assert fault == Fault("rate_limit", {"scope": "shared", "retry_after": 0.5})
    assert fault.get("scope", "user") == "shared"
    assert fault.get("absent", 1) == 1


def test_requests_of_one_account():
    faults = Faults()
    faults.add("html", user_id="7")
    assert faults.for_request("GET", ROUTE) is None
    assert faults.for_request("GET", ROUTE, "8") is None
    assert faults.for_request("GET", ROUTE, "7") is not None


def test_chance_is_the_same_with_one_seed():
    def run(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.add("html", probability=0.3, times=None)
        return taken(faults, 100)

    assert run(1) == run(1)
    assert run(1) != run(2)
    assert 10 < sum(run(1)) < 60


def test_route_is_a_pattern_on_method_and_route():
    faults = Faults()
    faults.add("reset", route=r"^POST .*/messages$", times=None)
    assert faults.for_request("POST", ROUTE) is not None
    assert faults.for_request("GET", ROUTE) is None
    assert faults.for_request("POST", "/guilds/{guild_id}") is None


def test_gateway_faults_wait_for_their_moment():
    faults = Faults()
    faults.add("drop", event="MESSAGE_CREATE", user_id="7")
    assert faults.for_request("POST", ROUTE) is None
    assert faults.for_gateway("event", user_id="7", event="READY") is None
    assert faults.for_gateway("event", user_id="8", event="MESSAGE_CREATE") is None
    assert faults.for_gateway("heartbeat", user_id="7") is None
    assert faults.for_gateway("event", user_id="7", event="MESSAGE_CREATE") == Fault("drop")


def test_remove_and_clear_end_rules():
    faults = Faults()
    rule = faults.add("slow", times=None)
    faults.remove(rule)
    faults.remove(rule)
    faults.add("html")
    faults.clear()
    assert taken(faults, 2) == [False, False]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("nonsense", {}),
        ("drop", {"every": 0}),
        ("drop", {"times": -1}),
        ("drop", {"skip": -1}),
        ("drop", {"probability": 2}),
    ],
)
def test_mistakes_are_told(kind, options):
    with pytest.raises(ValueError, match=r"."):
        Faults().add(kind, **options)


def test_what_needs_an_event_cannot_be_done_at_once():
    with pytest.raises(ValueError, match="use add"):
        Faults().now("duplicate")
    with pytest.raises(ValueError, match="use add"):
        Faults().now("no_hello")
    assert Faults().now("drop") == 0


def test_kinds_are_told_apart():
    assert not GATEWAY_KINDS.keys() & REST_KINDS.keys()
    assert {moment for moment, _ in GATEWAY_KINDS.values()} == set(MOMENTS)
