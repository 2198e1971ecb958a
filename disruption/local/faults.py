"""What can go wrong, on purpose: a table of faults that gateway and REST ask before they act.

Faults are scripted (`faults.add("server_error", method="POST", every=3, times=None)`: every third
POST), random but the same in each run (`probability=0.1`), or done at once to the connections
that are open (`faults.now("drop")`). Each use is counted in `faults.counts`, so that a chaos test
can prove that each kind occurred.
"""

from __future__ import annotations

import logging
import math
import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["GATEWAY_KINDS", "MOMENTS", "REST_KINDS", "Fault", "FaultRule", "Faults"]

_log = logging.getLogger("disruption.local.faults")

#: Gateway faults by name: the moment each one happens at, and what it does.
GATEWAY_KINDS: dict[str, tuple[str, str]] = {
    "refuse_connection": ("connect", "answer the WebSocket handshake with `status` (503)"),
    "no_hello": ("hello", "open the connection and say nothing"),
    "no_ready": ("identify", "take the IDENTIFY and never answer it"),
    "refuse_identify": ("identify", "answer the IDENTIFY with op 9 d false"),
    "refuse_resume": ("resume", "forget the session and answer the RESUME with op 9 d false"),
    "no_resumed": ("resume", "take the RESUME and never answer it"),
    "no_ack": ("heartbeat", "do not acknowledge the heartbeat"),
    "drop": ("event", "cut the TCP connection without a close frame (`reset=True`: with RST)"),
    "close": ("event", "close with `code` (4000) and `reason`"),
    "freeze": ("event", "stop reading and answering for `seconds` (None: for good)"),
    "delay": ("event", "send nothing for `seconds` (0.1)"),
    "reconnect": ("event", "send op 7"),
    "invalid_session": ("event", "send op 9 with d `resumable` (False)"),
    "bad_utf8": ("event", "send a text frame that is not UTF-8"),
    "bad_zlib": ("event", "send a binary frame that no decompressor takes"),
    "bad_json": ("event", "send a text that is not JSON"),
    "not_object": ("event", "send JSON that is not an object"),
    "unknown_opcode": ("event", "send an opcode that does not exist"),
    "unknown_event": ("event", "send an event that does not exist"),
    "unknown_fields": ("event", "give the event fields that do not exist"),
    "wrong_types": ("event", "send an event whose fields have the wrong types"),
    "oversized": ("event", "send a frame of `size` bytes (80 MiB)"),
    "duplicate": ("event", "send the event twice"),
    "reorder": ("event", "send the event after the next one"),
}

#: REST faults by name, and what each does.
REST_KINDS: dict[str, str] = {
    "rate_limit": "answer 429 with `scope` (user, shared, global) and `retry_after` seconds",
    "server_error": "answer with `status` (502) and a JSON body",
    "html": "answer with `status` (502) and a page of HTML, as a proxy does",
    "truncated": "answer as usual, with JSON that ends in the middle",
    "reset": "cut the connection in the middle of the response (`before=True`: before acting)",
    "slow": "answer after `seconds` (0.1)",
    "unknown_keys": "answer as usual, with fields that do not exist",
    "clock_skew": "answer with a Date and an X-RateLimit-Reset that are `seconds` (300) ahead",
}

#: What a kind can be told besides when it happens; the others know nothing of the sort.
_PARAMS: dict[str, tuple[str, ...]] = {
    "refuse_connection": ("status",),
    "drop": ("reset",),
    "close": ("code", "reason"),
    "freeze": ("seconds",),
    "delay": ("seconds",),
    "invalid_session": ("resumable",),
    "wrong_types": ("event_name", "data"),
    "oversized": ("size",),
    "rate_limit": ("scope", "retry_after"),
    "server_error": ("status",),
    "html": ("status",),
    "reset": ("before",),
    "slow": ("seconds",),
    "clock_skew": ("seconds",),
}

#: Of which type each parameter is; `data` of any.
_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("status", "code", "size"), (int,)),
    **dict.fromkeys(("seconds", "retry_after"), (int, float)),
    **dict.fromkeys(("reset", "resumable", "before"), (bool,)),
    **dict.fromkeys(("reason", "scope", "event_name"), (str,)),
}

#: Numbers that the protocols allow.
_RANGES: dict[str, tuple[int, float]] = {"status": (200, 599), "code": (1000, 4999)}

MOMENTS = ("connect", "hello", "identify", "resume", "heartbeat", "event")


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong now: its kind and its parameters."""

    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str, default: Any) -> Any:
        """Return a parameter."""
        value = self.params.get(name)
        return default if value is None else value


@dataclass
class FaultRule:
    """When a fault happens; made by `Faults.add`. Guarded by the lock of its `Faults`.

    Attributes:
        kind: What goes wrong.
        params: How, by names that the kind knows.
        left: How often it still will; None is without end.
        every: It takes each n-th occasion that matches.
        skip: Occasions that pass before it begins.
        probability: Of each such occasion; None is certainty.
    """

    kind: str
    params: dict[str, Any]
    left: int | None
    every: int
    skip: int
    probability: float | None
    method: str | None = None
    route: str | None = None
    event: str | None = None
    user_id: str | None = None
    seen: int = 0
    used: int = 0

    def takes(self, chance: random.Random) -> bool:
        """Count an occasion that matches, and tell whether this one is taken."""
        self.seen += 1
        if self.left == 0 or self.seen <= self.skip:
            return False
        if (self.seen - self.skip) % self.every:
            return False
        if self.probability is not None and chance.random() >= self.probability:
            return False
        if self.left is not None:
            self.left -= 1
        self.used += 1
        return True


class Faults:
    """The switches; one object for gateway and REST, safe to use from any thread.

    Attributes:
        counts: How often each kind has happened.
    """

    def __init__(self, seed: int = 0) -> None:
        self._lock = threading.Lock()  # guards everything below
        self._rules: list[FaultRule] = []
        self._chance = random.Random(seed)
        self._strike: Callable[[Fault, str | None], int] | None = None
        self.counts: Counter[str] = Counter()

    def add(
        self,
        kind: str,
        *,
        times: int | None = 1,
        every: int = 1,
        skip: int = 0,
        probability: float | None = None,
        method: str | None = None,
        route: str | None = None,
        event: str | None = None,
        user_id: str | None = None,
        **params: Any,
    ) -> FaultRule:
        """Let something go wrong from now on.

        Args:
            kind: A name of `GATEWAY_KINDS` or `REST_KINDS`.
            times: How often; None is until `remove` or `clear`.
            every: Only each n-th occasion.
            skip: Let so many occasions pass first.
            probability: Take each occasion by chance, the same in every run with one seed.
            method: Only requests with this HTTP method.
            route: Only routes that match this regular expression, `POST /channels/…` style.
            event: Only at events of this name.
            user_id: Only connections and requests of this bot or person.
            params: What the kind knows (`code=`, `seconds=`, `status=`, …).

        Raises:
            ValueError: There is no such kind, it has no such parameter, or a number is impossible.
        """
        if kind not in GATEWAY_KINDS and kind not in REST_KINDS:
            known = ", ".join(sorted([*GATEWAY_KINDS, *REST_KINDS]))
            raise ValueError(f"There is no fault {kind!r}; there are: {known}")
        _check_params(kind, params)
        if every < 1 or skip < 0 or (times is not None and times < 0):
            raise ValueError("every must be at least 1, skip and times at least 0")
        if probability is not None and not 0 <= probability <= 1:
            raise ValueError("probability is between 0 and 1")
        if route is not None:
            try:
                re.compile(route)
            except re.error as error:
                raise ValueError(f"route is no regular expression: {error}") from None
        rule = FaultRule(
            kind, params, times, every, skip, probability, method, route, event, user_id
        )
        with self._lock:
            self._rules.append(rule)
        return rule

    def remove(self, rule: FaultRule) -> None:
        """End one rule; one that has ended already does not matter."""
        with self._lock:
            if rule in self._rules:
                self._rules.remove(rule)

    def clear(self) -> None:
        """End every rule; the counts stay."""
        with self._lock:
            self._rules.clear()

    def rules(self) -> list[FaultRule]:
        """Return the rules that can still act."""
        with self._lock:
            return list(self._rules)

    def now(self, kind: str, *, user_id: str | None = None, **params: Any) -> int:
        """Do an `event` fault at once to the open connections (of one bot, if given).

        Returns:
            How many connections it hit.
        """
        if GATEWAY_KINDS.get(kind, ("", ""))[0] != "event" or kind in ("duplicate", "reorder"):
            raise ValueError(f"{kind!r} cannot be done at once; use add()")
        _check_params(kind, params)
        if self._strike is None:
            return 0
        return self._strike(Fault(kind, params), user_id)

    def for_request(self, method: str, route: str, user_id: str | None = None) -> Fault | None:
        """Return what goes wrong with this request, if anything, and count it.

        Args:
            method: The HTTP method.
            route: The route as the server names it, `/channels/{channel_id}/messages`.
            user_id: Whose token it carries.
        """
        if not self._rules:
            return None
        with self._lock:
            for rule in self._rules:
                if rule.kind not in REST_KINDS or rule.method not in (None, method):
                    continue
                if rule.user_id not in (None, user_id):
                    continue
                if rule.route is not None and not re.search(rule.route, f"{method} {route}"):
                    continue
                if rule.takes(self._chance):
                    return self._use(rule)
        return None

    def for_gateway(
        self, moment: str, *, user_id: str | None = None, event: str | None = None
    ) -> Fault | None:
        """Return what goes wrong at this moment of a connection, if anything, and count it."""
        if not self._rules:  # most servers have none, and events are many
            return None
        with self._lock:
            for rule in self._rules:
                if GATEWAY_KINDS.get(rule.kind, ("", ""))[0] != moment:
                    continue
                if rule.event not in (None, event) or rule.user_id not in (None, user_id):
                    continue
                if rule.takes(self._chance):
                    return self._use(rule)
        return None

    def count(self, kind: str) -> None:
        """Count a fault that was done without a rule."""
        with self._lock:
            self.counts[kind] += 1

    def on_strike(self, strike: Callable[[Fault, str | None], int] | None) -> None:
        """Set what `now` calls; the gateway's business."""
        self._strike = strike

    def _use(self, rule: FaultRule) -> Fault:
        self.counts[rule.kind] += 1
        if rule.left == 0:
            self._rules.remove(rule)
        _log.info("Fault: %s %s", rule.kind, rule.params)
        return Fault(rule.kind, dict(rule.params))


def _check_params(kind: str, params: Mapping[str, Any]) -> None:
    known = _PARAMS.get(kind, ())
    if unknown := sorted(set(params) - set(known)):
        can = f"it has {', '.join(known)}" if known else "it has none"
        raise ValueError(f"The fault {kind!r} has no {', '.join(unknown)}; {can}")
    for name, value in params.items():
        types = _TYPES.get(name)
        if value is None or types is None:
            continue
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            expected = " or ".join(item.__name__ for item in types)
            raise ValueError(f"{name} of the fault {kind!r} is {expected}, not {value!r}")
        low, high = _RANGES.get(name, (0, math.inf))
        if not {bool, str} & set(types) and not low <= params[name] <= high:
            raise ValueError(f"{name} of the fault {kind!r} cannot be {value}")
