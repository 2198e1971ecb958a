"""Arguments for the methods of Rest, made by hypothesis from their annotations."""

from __future__ import annotations

import importlib
import inspect
import random
import re
import time
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st
from rest_openapi import Described, Schema

from disruption.rest import File, Rest

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
OGG = b"OggS" + bytes(16)

_EPOCH = 1_420_070_400_000  # milliseconds
# A minute ago, read once: hypothesis asks that the same draws make the same values.
_LATELY = int(time.time() * 1000) - _EPOCH - 60_000 << 22

_IDS = st.integers(1, 2**62)
_NEW_IDS = st.integers(1, 2**22 - 1).map(lambda low: _LATELY + low)
_TEXT = st.text("abcäöü漢 .-_", min_size=1, max_size=20).map(lambda text: f"a{text}b")
_SPANS = st.sampled_from([60, 1440, 4320, 10080]).map(lambda minutes: timedelta(minutes=minutes))
_SOON = st.integers(1, 48).map(lambda hours: timedelta(hours=hours))
_TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2025, 1, 1)).map(
    lambda time: time.replace(tzinfo=timezone.utc)
)
_FILES = st.builds(lambda name: File(b"data", filename=f"{name}.txt"), st.sampled_from("abc"))

_ACTION_ROW = {
    "type": 1,
    "components": [{"type": 2, "style": 1, "custom_id": "a", "label": "b"}],
}

# What the names of the fields are, where Discord calls them otherwise.
_ELSEWHERE = {
    "exception_ids": "guild_scheduled_event_exception_ids",
    "token": "interaction_token",
}

# Parameters that are not as their annotation says all of it.
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "access_tokens": st.lists(_TEXT, min_size=1, max_size=3),
    "code": st.sampled_from(["abc", "disruption"]),
    "delete_messages": st.sampled_from([0, 60, timedelta(days=7)]),
    "emoji": st.sampled_from(["👍", "blob:123456789012345678", "<:blob:123456789012345678>"]),
    "features": st.lists(st.sampled_from(["COMMUNITY", "DISCOVERABLE"]), max_size=2, unique=True),
    "file": st.just(File(PNG, filename="a.png")),
    "instance_id": st.sampled_from(["i-1-gc-2-3"]),
    "interaction_token": st.just("aW50ZXJhY3Rpb24"),
    "messages": st.lists(_NEW_IDS, min_size=2, max_size=5, unique=True),
    "nicks": st.none(),
    "nonce": st.sampled_from(["once", 7]),
    "permissions": st.integers(0, 2**50),
    "allow": st.integers(0, 2**50),
    "deny": st.integers(0, 2**50),
    "event": st.sampled_from(["push", "issues"]),
    "scheduled_end_time": st.just(timedelta(days=30)),
    "sound": st.just(OGG),
    "target_users": st.lists(_IDS, min_size=1, max_size=3),
    "webhook_token": st.just("d2ViaG9vay10b2tlbg"),
    "idle_timeout": st.integers(5, 604800),
    "max_age": st.integers(0, 604800),
    "afk_timeout": st.sampled_from([60, 300, 900, 1800, 3600]),
    "rate_limit_per_user": st.integers(0, 21600),
    "default_thread_rate_limit_per_user": st.integers(0, 21600),
    "components": st.just([_ACTION_ROW]),
    "integration_types_config": st.just({0: {}}),
    "poll": st.just(
        {
            "question": {"text": "Which?"},
            "answers": [{"poll_media": {"text": "a"}}, {"poll_media": {"text": "b"}}],
        }
    ),
    "positions": st.lists(
        st.fixed_dictionaries({"id": _IDS, "position": st.integers(0, 50)}),
        min_size=1,
        max_size=3,
        unique_by=lambda entry: entry["id"],
    ),
    "days": st.integers(1, 30),
}

# The same for one method.
BY_METHOD: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("action_guild_join_request", "action"): st.sampled_from(["APPROVED", "REJECTED"]),
    ("create_guild_scheduled_event", "entity_type"): st.just(2),
    **{
        (method, "name"): st.text("abc_", min_size=2, max_size=32)
        for method in ("create_application_emoji", "modify_application_emoji", "create_guild_emoji")
    },
    # A rule against spam is the one that needs nothing else.
    ("create_auto_moderation_rule", "trigger_type"): st.just(3),
    ("create_auto_moderation_rule", "trigger_metadata"): st.just({}),
    ("create_auto_moderation_rule", "actions"): st.just([{"type": 1, "metadata": {}}]),
}

# Of which only one can be given.
_EXCLUSIVE = (
    ("around", "before", "after"),
    ("color", "colors"),
    ("icon", "unicode_emoji"),
    ("thread_id", "thread_name"),
)

# What is not needed by the signature, but always given: without it most calls are refused.
_ALWAYS = {
    ("create_followup_message", "content"),
    ("create_guild_scheduled_event", "channel_id"),
    ("create_message", "content"),
    ("execute_webhook", "content"),
    ("start_thread_in_forum_or_media_channel", "content"),
}


def arguments(name: str, described: Described | None) -> st.SearchStrategy[dict[str, Any]]:
    """Return arguments for a method, by name: all that it needs, and some of the others."""
    method = getattr(Rest, name)
    needed: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for parameter in inspect.signature(method).parameters.values():
        if parameter.name in ("self", "timeout"):
            continue
        if parameter.kind is parameter.VAR_KEYWORD:
            options = re.sub(r"Unpack\[(\w+)\]", r"\1", parameter.annotation)
            for option, hint in _options(method, options).items():
                optional[option] = _strategy(name, option, hint, described)
            continue
        made = _strategy(name, parameter.name, parameter.annotation, described)
        if (name, parameter.name) in _ALWAYS or parameter.default is parameter.empty:
            needed[parameter.name] = made
        else:
            optional[parameter.name] = made
    return st.fixed_dictionaries(needed, optional=optional).map(_apart)


def _apart(options: dict[str, Any]) -> dict[str, Any]:
    """Return arguments without those that exclude each other."""
    for names in _EXCLUSIVE:
        for name in [name for name in names if name in options][1:]:
            del options[name]
    return options


def _options(method: Any, name: str) -> dict[str, str]:
    """Return the fields of a TypedDict and their annotations."""
    found = getattr(importlib.import_module(method.__module__), name)
    return {
        option: getattr(hint, "__forward_arg__", str(hint))
        for option, hint in found.__annotations__.items()
    }


def _strategy(
    method: str, name: str, annotation: str, described: Described | None
) -> st.SearchStrategy[Any]:
    if (method, name) in BY_METHOD:
        return BY_METHOD[method, name]
    scalar = annotation.replace(" | Unset", "").replace(" | None", "")
    if name in BY_NAME and not (name == "permissions" and "Sequence" in annotation):
        made = BY_NAME[name]
    else:
        schema = described.field(_ELSEWHERE.get(name, name)) if described else None
        made = _of(scalar, schema, described)
    # None clears where UNSET leaves alone.
    return made | st.none() if "Unset | None" in annotation else made


def _of(
    annotation: str, schema: Schema | None, described: Described | None
) -> st.SearchStrategy[Any]:
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if annotation == "Sequence[File]":
        return st.lists(_FILES, max_size=2)
    if "[SnowflakeLike]" in annotation or "LobbyMemberLike" in annotation:
        return st.lists(_IDS, min_size=1, max_size=3, unique=True)
    if annotation == "Metadata":
        return st.dictionaries(st.sampled_from("abc"), _TEXT, max_size=2)
    if schema is not None and described is not None:
        texts = described.api.resolve(schema)
        if annotation == "str" and not texts.keys() & {
            "enum",
            "allOf",
            "format",
            "oneOf",
            "pattern",
        }:
            least, most = texts.get("minLength", 0), min(texts.get("maxLength", 50), 50)
            return st.text("abcäöü漢", min_size=max(least, 1), max_size=most)
        return _described(schema, described)
    return _UNDESCRIBED.get(annotation, _TEXT)


_SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "SnowflakeLike": _IDS | _IDS.map(str),
    "Before": _IDS | _TIMES,
    "After": _IDS | _TIMES,
    "bool": st.booleans(),
    "datetime": _TIMES,
    "When": _SOON | _SOON.map(lambda span: datetime.now(timezone.utc) + span),
    "Duration": _SPANS,
    "FileSource": st.just(PNG),
    "File": _FILES,
    "AllowedMentions | Mapping[str, Any]": st.sampled_from([{"parse": []}, {"parse": ["users"]}]),
}

_UNDESCRIBED: dict[str, st.SearchStrategy[Any]] = {
    "int": st.integers(1, 10),
    "float": st.floats(0, 1),
    "Mapping[str, Any]": st.just({"content": "a"}),
}


def _described(schema: Schema, described: Described) -> st.SearchStrategy[Any]:
    """Return values that the description takes."""
    return st.integers(0, 2**32).map(
        lambda seed: described.api.sample(schema, random.Random(seed), 1)
    )
