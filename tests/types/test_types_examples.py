"""The documentation's own example payloads, where they are to be had (CC BY-SA)."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import Any

import msgspec
import pytest
from type_facts import discord_data, structures

import disruption.types as T
from disruption.types.core.codec import decoder_for
from disruption.types.core.plan import model_plan

# Responses and events whose heading is not the name of a class; None where none is meant.
NAMED_OTHERWISE: dict[str, Any] = {
    "Partial Integration": T.PartialIntegration,
    "Message Interaction Metadata": T.AnyInteractionMetadata,
    "Get Gateway Bot": T.GatewayBot,
    "Get Gateway": dict[str, str],
    "Gateway Event Payload": T.GatewayPayload,
    "List Application Emojis": T.ApplicationEmojiList,
    "Get Guild Role Member Counts": dict[T.Snowflake, int],
    "Get Target Users Job Status": T.TargetUsersJobStatus,
    "Access Token Response": T.AccessToken,
    "Error": None,  # becomes an HTTPError
    "Rate Limit Response": None,  # becomes a RateLimitExceeded
}
ROLES = {"object", "object-partial", "webhook-event", "gateway-receive", "response"}

# Examples that show a part of the object, or the object inside of something else.
PARTIAL = {
    "007", "013", "015", "017", "019", "025", "040", "042", "044", "067", "113", "142", "153",
    "193", "248", "263",
}  # fmt: skip

# Fields that examples have and no table of the documentation.
UNDOCUMENTED = {
    "clan", "description", "display_name_styles", "expires_at", "is_pending",
    "unusual_dm_activity_until",
}  # fmt: skip


def examples() -> list[tuple[str, Any, Any]]:
    found = []
    for path in sorted((discord_data() / "examples").glob("*.json")):
        example = json.loads(path.read_text())
        if example["role"] not in ROLES:
            continue
        name = example["structure"]
        if name in NAMED_OTHERWISE:
            cls = NAMED_OTHERWISE[name]
        elif example["role"] == "webhook-event":
            cls = T.WebhookEventPayload
        else:
            cls = getattr(T, name.replace(" ", ""), None)
            assert cls is not None, f"{path.name}: there is no class for {name}"
        if cls is not None:
            found.append((path.name, cls, example["payload"]))
    return found


def lost(before: Any, after: Any, path: str = "$") -> list[str]:
    """Return the places where what went in did not come out."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            place
            for name, inner in before.items()
            if name in after or name not in UNDOCUMENTED
            for place in (
                lost(inner, after[name], f"{path}.{name}")
                if name in after
                else [f"{path}.{name} is missing"]
            )
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [
            place
            for index, (one, other) in enumerate(zip(before, after, strict=True))
            for place in lost(one, other, f"{path}[{index}]")
        ]
    if before == after or _same_moment(before, after):
        return []
    if isinstance(before, int) and after == str(before):
        return []  # ids that the documentation writes as numbers
    return [f"{path}: {before!r} became {after!r}"]


def _same_moment(one: Any, other: Any) -> bool:
    try:
        return msgspec.convert(one, datetime) == msgspec.convert(other, datetime)
    except msgspec.ValidationError:
        return False


def test_whole_examples_decode_strictly_and_come_out_again() -> None:
    checked = 0
    for name, cls, payload in examples():
        if name[:3] in PARTIAL:
            continue
        made = decoder_for(cls).decode(json.dumps(payload).encode())
        written = T.to_plain(made)
        assert lost(payload, written) == [], name
        if hasattr(made, "to_dict"):
            assert made.to_dict() == written, name
            assert T.to_plain(type(made).from_dict(written)) == written, name
        checked += 1
    assert checked >= 35


def test_partial_examples_decode_leniently(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "disruption.types")
    for name, cls, payload in examples():
        if name[:3] not in PARTIAL:
            continue
        made = T.decode(cls, json.dumps(payload).encode())
        names = {plan.name for plan in model_plan(type(made))}
        known = {k: v for k, v in payload.items() if k in names}
        assert lost(known, T.to_plain(made)) == [], name


def test_every_documented_response_has_a_class() -> None:
    assert all(hasattr(T, entry["class"]) for entry in structures().values() if "class" in entry)
