"""Discord's rate limits as rules: no thread, no lock, the time passed in.

Buckets are fixed windows that open with their first request, so a client that
waits until the announced reset always gets through.

See https://discord.com/developers/docs/topics/rate-limits
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

Scope = Literal["user", "global", "shared"]

_K = TypeVar("_K")

#: Statuses that count as invalid requests, except a 429 of scope shared.
INVALID_STATUSES = frozenset({401, 403, 429})


@dataclass(frozen=True)
class Rule:
    """How many requests a bucket lets through in a window.

    Args:
        limit: Requests in one window.
        per: Length of the window in seconds.
        bucket: A name shared by routes that spend from one bucket; None for the route alone.
        shared: True where all bots spend from the same bucket.
    """

    limit: int
    per: float
    bucket: str | None = None
    shared: bool = False


_MEMBER_ROLES = Rule(10, 10.0, "member-roles")
_REACTIONS = Rule(1, 0.25, "reactions")
_PINS = Rule(5, 5.0, "pins")

#: Discord's usual values by method and route; it tells them only in headers, so they may move.
RULES: dict[tuple[str, str], Rule] = {
    ("GET", "/gateway/bot"): Rule(2, 5.0),
    ("POST", "/channels/{channel_id}/messages"): Rule(5, 5.0),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"): Rule(5, 5.0),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"): Rule(5, 5.0),
    ("POST", "/channels/{channel_id}/messages/bulk-delete"): Rule(1, 3.0),
    ("POST", "/channels/{channel_id}/typing"): Rule(5, 5.0),
    ("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"): _REACTIONS,
    (
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
    ): _REACTIONS,
    (
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}",
    ): _REACTIONS,
    ("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions"): _REACTIONS,
    ("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}"): _REACTIONS,
    ("PUT", "/channels/{channel_id}/messages/pins/{message_id}"): _PINS,
    ("DELETE", "/channels/{channel_id}/messages/pins/{message_id}"): _PINS,
    ("PUT", "/channels/{channel_id}/pins/{message_id}"): _PINS,
    ("DELETE", "/channels/{channel_id}/pins/{message_id}"): _PINS,
    ("POST", "/channels/{channel_id}/messages/{message_id}/crosspost"): Rule(10, 3600.0),
    ("PATCH", "/channels/{channel_id}"): Rule(5, 15.0),
    ("PATCH", "/guilds/{guild_id}/members/{user_id}"): Rule(10, 10.0),
    ("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}"): _MEMBER_ROLES,
    ("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}"): _MEMBER_ROLES,
    ("GET", "/guilds/{guild_id}/members"): Rule(10, 10.0),
    ("PATCH", "/users/@me"): Rule(2, 3600.0),
    ("POST", "/users/@me/channels"): Rule(10, 10.0),
    ("POST", "/guilds/{guild_id}/emojis"): Rule(50, 3600.0, "emojis", shared=True),
    ("POST", "/webhooks/{webhook_id}/{webhook_token}"): Rule(5, 2.0, "webhook"),
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"): Rule(5, 2.0),
    ("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"): Rule(5, 2.0),
}

#: What a request changes, by method and route, where Discord lets that be changed still less
#: often. It says so nowhere but in the 429.
PARTS: dict[tuple[str, str], dict[str, Rule]] = {
    ("PATCH", "/channels/{channel_id}"): {"name": Rule(2, 600.0), "topic": Rule(2, 600.0)},
}

#: What a route without a value of its own gets.
DEFAULT_READ = Rule(50, 10.0)
DEFAULT_WRITE = Rule(10, 10.0)

#: Routes whose first request starts an interaction's answer: outside the global limit and
#: without bucket headers.
UNLIMITED = frozenset({("POST", "/interactions/{interaction_id}/{interaction_token}/callback")})


@dataclass(frozen=True)
class Attempt:
    """One request as the limits see it.

    Args:
        method: HTTP method.
        route: The route with its parameters' names, such as "/channels/{channel_id}".
        major: The values of its major parameters, such as "81384788765712384".
        identity: Who asks: a key of the bot, or of the webhook where there is no bot.
        exempt_from_global: True for interaction and webhook-token routes.
    """

    method: str
    route: str
    major: str
    identity: str
    exempt_from_global: bool = False


@dataclass(frozen=True)
class Verdict:
    """What came of an attempt.

    Args:
        allowed: Whether the request may go on.
        headers: Rate-limit headers for its response.
        retry_after: Seconds to wait, when it may not.
        scope: Which limit refused it.
    """

    allowed: bool
    headers: dict[str, str] = field(default_factory=dict)
    retry_after: float = 0.0
    scope: Scope = "user"

    def body(self) -> dict[str, object]:
        """Return the JSON body of the 429."""
        text = (
            "The resource is being rate limited."
            if self.scope == "shared"
            else "You are being rate limited."
        )
        return {
            "message": text,
            "retry_after": self.retry_after,
            "global": self.scope == "global",
        }


@dataclass
class _Window:
    opened: float
    used: int = 0


class Limits:
    """The buckets of one server.

    Args:
        enabled: False lets everything through and sends no headers.
        global_limit: Requests a second for one bot over all routes.
        invalid_limit: Invalid responses in ten minutes after which an address is blocked.
        rules: Values by (method, route) that replace the usual ones.
    """

    def __init__(
        self,
        *,
        enabled: bool = True,
        global_limit: int = 50,
        invalid_limit: int = 10_000,
        rules: dict[tuple[str, str], Rule] | None = None,
    ) -> None:
        self.enabled = enabled
        self.global_limit = global_limit
        self.invalid_limit = invalid_limit
        self.rules = {**RULES, **(rules or {})}
        self.parts = dict(PARTS)
        self._windows: dict[tuple[str, str, str], _Window] = {}
        self._parts: dict[tuple[str, str, str], _Window] = {}
        self._names: dict[str, tuple[str, Rule]] = {}  # bucket -> its name and rule
        self._global: dict[str, _Window] = {}
        self._invalid: dict[str, _Window] = {}
        self._swept_at = 0.0

    def rule(self, method: str, route: str) -> Rule:
        """Return what holds for a route."""
        found = self.rules.get((method, route))
        if found is not None:
            return found
        return DEFAULT_READ if method == "GET" else DEFAULT_WRITE

    def bucket(self, method: str, route: str) -> dict[str, str]:
        """Return the headers that tell a route's bucket, whatever is left in it."""
        rule = self.rule(method, route)
        return {
            "X-RateLimit-Limit": str(rule.limit),
            "X-RateLimit-Bucket": bucket_hash(method, route, rule),
        }

    def take(self, attempt: Attempt, now: float) -> Verdict:
        """Spend one request from its bucket and the global limit, or refuse it.

        Args:
            attempt: The request.
            now: Seconds since the Unix epoch.
        """
        if not self.enabled or (attempt.method, attempt.route) in UNLIMITED:
            return Verdict(True)
        self._sweep(now)
        if not attempt.exempt_from_global:
            refused = self._take_global(attempt.identity, now)
            if refused is not None:
                return refused
        return self._take_bucket(attempt, now)

    def take_part(self, attempt: Attempt, part: str, now: float) -> Verdict:
        """Spend one change of a part, a field of what a request changes, or refuse it.

        The headers of a refusal are those of the route's own bucket, which may have room left.
        """
        rule = self.parts.get((attempt.method, attempt.route), {}).get(part)
        if not self.enabled or rule is None:
            return Verdict(True)
        key = (f"{attempt.method} {attempt.route} {part}", attempt.major, attempt.identity)
        window = self._open(self._parts, key, rule.per, now)
        if window.used < rule.limit:
            window.used += 1
            return Verdict(True)
        wait = _ceil_ms(window.opened + rule.per - now)
        headers = {"X-RateLimit-Scope": "user", "Retry-After": str(math.ceil(wait))}
        return Verdict(False, headers, wait, "user")

    def count_invalid(self, address: str, status: int, scope: str | None, now: float) -> None:
        """Count a response that Discord holds against the sender's IP address."""
        if status not in INVALID_STATUSES or scope == "shared":
            return
        window = self._open(self._invalid, address, 600.0, now)
        window.used += 1

    def blocked_for(self, address: str, now: float) -> float:
        """Return how many seconds an address is still blocked; 0 when it is not."""
        window = self._invalid.get(address)
        if not self.enabled or window is None or window.used < self.invalid_limit:
            return 0.0
        return max(0.0, window.opened + 600.0 - now)

    def windows(self, now: float) -> list[dict[str, Any]]:
        """Return the buckets that are open, those nearest to their limit first."""
        return sorted(
            (
                {
                    "name": self._names[bucket][0],
                    "bucket": bucket,
                    "major": major,
                    "who": who,
                    "used": window.used,
                    "limit": rule.limit,
                    "left": round(window.opened + rule.per - now, 3),
                }
                for (bucket, major, who), window in list(self._windows.items())
                for rule in (self._names[bucket][1],)
                if window.opened + rule.per > now
            ),
            key=lambda item: item["used"] / item["limit"],
            reverse=True,
        )

    def reset(self) -> None:
        """Forget all windows, as if nobody had asked anything yet."""
        self._windows.clear()
        self._parts.clear()
        self._global.clear()
        self._invalid.clear()

    def _take_global(self, identity: str, now: float) -> Verdict | None:
        window = self._open(self._global, identity, 1.0, now)
        if window.used < self.global_limit:
            window.used += 1
            return None
        wait = _ceil_ms(window.opened + 1.0 - now)
        headers = {
            "X-RateLimit-Global": "true",
            "X-RateLimit-Scope": "global",
            "Retry-After": str(math.ceil(wait)),
        }
        return Verdict(False, headers, wait, "global")

    def _take_bucket(self, attempt: Attempt, now: float) -> Verdict:
        rule = self.rule(attempt.method, attempt.route)
        bucket = bucket_hash(attempt.method, attempt.route, rule)
        self._names[bucket] = (rule.bucket or f"{attempt.method} {attempt.route}", rule)
        who = "" if rule.shared else attempt.identity
        window = self._open(self._windows, (bucket, attempt.major, who), rule.per, now)
        allowed = window.used < rule.limit
        window.used += allowed
        wait = _ceil_ms(window.opened + rule.per - now)
        headers = {
            "X-RateLimit-Limit": str(rule.limit),
            "X-RateLimit-Remaining": str(rule.limit - window.used),
            "X-RateLimit-Reset": f"{now + wait:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": bucket,
        }
        if allowed:
            return Verdict(True, headers)
        scope: Scope = "shared" if rule.shared else "user"
        headers["X-RateLimit-Scope"] = scope
        headers["Retry-After"] = str(math.ceil(wait))
        return Verdict(False, headers, wait, scope)

    @staticmethod
    def _open(windows: dict[_K, _Window], key: _K, per: float, now: float) -> _Window:
        window = windows.get(key)
        if window is None or now >= window.opened + per or now < window.opened:
            window = windows[key] = _Window(now)
        return window

    def _sweep(self, now: float) -> None:
        """Forget, once a minute, what is older than the longest window (an hour)."""
        if 0.0 <= now - self._swept_at < 60.0:
            return
        self._swept_at = now
        longest = max((rule.per for rule in self.rules.values()), default=0.0)
        self._windows = {k: w for k, w in self._windows.items() if w.opened + longest > now}
        longest = max(
            (rule.per for part in self.parts.values() for rule in part.values()), default=0
        )
        self._parts = {k: w for k, w in self._parts.items() if w.opened + longest > now}
        self._global = {k: w for k, w in self._global.items() if w.opened + 1.0 > now}
        self._invalid = {k: w for k, w in self._invalid.items() if w.opened + 600.0 > now}


def bucket_hash(method: str, route: str, rule: Rule) -> str:
    """Return the bucket's name as Discord writes it: 32 hexadecimal digits."""
    name = rule.bucket or f"{method} {route}"
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def _ceil_ms(seconds: float) -> float:
    """Round up to a millisecond, so that nobody returns before the window ends."""
    return math.ceil(round(seconds * 1000, 6)) / 1000
