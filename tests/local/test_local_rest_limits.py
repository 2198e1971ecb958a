"""The rate-limit rules, by example and by property, on a clock that is only a number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.local.rest.limits import RULES, Attempt, Limits, Rule

MESSAGES = ("POST", "/channels/{channel_id}/messages")


def message(channel: str = "1", bot: str = "bot:1") -> Attempt:
    return Attempt(*MESSAGES, major=channel, identity=bot)


def test_lets_the_limit_through_then_refuses_until_the_window_ends() -> None:
    limits = Limits()
    verdicts = [limits.take(message(), 100.0 + i * 0.1) for i in range(6)]
    assert [v.allowed for v in verdicts] == [True] * 5 + [False]
    refused = verdicts[-1]
    assert refused.retry_after == pytest.approx(4.5)
    assert refused.headers["Retry-After"] == "5"
    assert refused.headers["X-RateLimit-Scope"] == "user"
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert refused.body() == {
        "message": "You are being rate limited.",
        "retry_after": refused.retry_after,
        "global": False,
    }
    assert not limits.take(message(), 104.999).allowed
    assert limits.take(message(), 105.0).allowed


def test_headers_tell_limit_remaining_reset_and_bucket() -> None:
    headers = Limits().take(message(), 1000.0).headers
    assert headers["X-RateLimit-Limit"] == "5"
    assert headers["X-RateLimit-Remaining"] == "4"
    assert headers["X-RateLimit-Reset"] == "1005.000"
    assert headers["X-RateLimit-Reset-After"] == "5.000"
    assert len(headers["X-RateLimit-Bucket"]) == 32
    assert "X-RateLimit-Scope" not in headers


def test_channels_and_bots_have_buckets_of_their_own() -> None:
    limits = Limits()
    for _ in range(5):
        assert limits.take(message(), 0.0).allowed
    assert limits.take(message(channel="2"), 0.0).allowed
    assert limits.take(message(bot="bot:2"), 0.0).allowed
    assert not limits.take(message(), 0.0).allowed


def test_named_buckets_are_shared_by_their_routes() -> None:
    limits = Limits()
    react = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"
    assert limits.take(Attempt("PUT", react, "1", "bot:1"), 0.0).allowed
    refused = limits.take(Attempt("DELETE", react, "1", "bot:1"), 0.1)
    assert not refused.allowed
    assert refused.retry_after == pytest.approx(0.15)


def test_shared_scope_is_spent_by_all_bots_and_not_held_against_one() -> None:
    limits = Limits(rules={MESSAGES: Rule(1, 5.0, shared=True)})
    assert limits.take(message(bot="bot:1"), 0.0).allowed
    refused = limits.take(message(bot="bot:2"), 0.0)
    assert (refused.allowed, refused.scope) == (False, "shared")
    limits.count_invalid("127.0.0.1", 429, refused.scope, 0.0)
    limits.invalid_limit = 1
    assert limits.blocked_for("127.0.0.1", 0.0) == 0.0


def test_global_limit_counts_over_routes_and_exempts_interactions() -> None:
    limits = Limits()
    for i in range(50):
        assert limits.take(message(channel=str(i)), 10.0).allowed
    refused = limits.take(message(channel="x"), 10.25)
    assert (refused.allowed, refused.scope, refused.retry_after) == (False, "global", 0.75)
    assert refused.headers["X-RateLimit-Global"] == "true"
    assert refused.body()["global"] is True
    hook = Attempt("POST", "/webhooks/{webhook_id}/{webhook_token}", "1/t", "bot:1", True)
    assert limits.take(hook, 10.25).allowed
    assert limits.take(message(channel="x"), 11.0).allowed


def test_callbacks_have_no_limit_and_no_headers() -> None:
    limits = Limits()
    callback = "/interactions/{interaction_id}/{interaction_token}/callback"
    for _ in range(200):
        verdict = limits.take(Attempt("POST", callback, "1/t", "ip"), 0.0)
        assert verdict.allowed
        assert verdict.headers == {}


def test_many_invalid_requests_block_the_address_for_the_rest_of_ten_minutes() -> None:
    limits = Limits(invalid_limit=3)
    for status in (401, 403, 429):
        assert limits.blocked_for("ip", 50.0) == 0.0
        limits.count_invalid("ip", status, "user", 50.0)
    limits.count_invalid("ip", 404, None, 50.0)
    assert limits.blocked_for("ip", 50.0) == 600.0
    assert limits.blocked_for("other", 50.0) == 0.0
    assert limits.blocked_for("ip", 650.0) == 0.0


def test_switched_off_lets_everything_through() -> None:
    limits = Limits(enabled=False, invalid_limit=0)
    assert all(limits.take(message(), 0.0).allowed for _ in range(100))
    assert limits.blocked_for("ip", 0.0) == 0.0


def test_old_windows_are_forgotten() -> None:
    limits = Limits()
    for i in range(40):
        limits.take(message(channel=str(i)), 0.0)
    limits.take(message(), 10_000.0)
    assert len(limits._windows) == 1


@settings(max_examples=200, deadline=None)
@given(
    gaps=st.lists(st.floats(0, 3, allow_nan=False), min_size=1, max_size=60),
    rule=st.sampled_from([Rule(5, 5.0), Rule(1, 0.25), Rule(10, 10.0)]),
)
def test_who_waits_as_told_always_gets_through(gaps: list[float], rule: Rule) -> None:
    limits = Limits(rules={MESSAGES: rule})
    now = 1_700_000_000.0
    allowed_at: list[float] = []
    for gap in gaps:
        now += gap
        verdict = limits.take(message(), now)
        if not verdict.allowed:
            assert 0 < verdict.retry_after <= rule.per + 0.001
            now += verdict.retry_after
            verdict = limits.take(message(), now)
        assert verdict.allowed
        allowed_at.append(now)
    # Fixed windows let at most twice the limit through in any one window's length.
    for start in allowed_at:
        inside = [at for at in allowed_at if start <= at < start + rule.per]
        assert len(inside) <= 2 * rule.limit


def test_every_rule_names_a_known_route() -> None:
    from disruption.local.rest.known_routes import KNOWN_ROUTES

    assert set(RULES) <= set(KNOWN_ROUTES)
