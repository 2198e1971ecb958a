"""Spoiled payloads: whatever is wrong, and however deep, the rest is taken."""

from __future__ import annotations

import copy
import json
import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from type_payloads import WRONG, Payloads, documented_only, model_classes

import disruption.types as T
from disruption.counters import Counters
from disruption.errors import DecodeError
from disruption.types.core.plan import model_plan
from disruption.types.core.union import Unknown

CLASSES = model_classes()


class FakeApi:
    """What a client is to the objects it receives."""

    def __init__(self) -> None:
        self.counters = Counters()

    @property
    def rest(self) -> Any:
        raise AssertionError("no verb is called here")


def check(cls: type[Any], seed: int) -> None:
    payloads = Payloads(seed)
    whole = payloads.of(cls)
    if not whole:
        return
    spoiled = copy.deepcopy(whole)
    touched = {
        payloads.break_one(spoiled)[0] for _ in range(payloads.random.randrange(1, 4)) if spoiled
    }

    made = T.decode(cls, json.dumps(spoiled).encode())
    again = T.convert(cls, spoiled)

    assert T.to_plain(made) == T.to_plain(again)
    assert T.to_plain(made) == made.to_dict()
    if isinstance(made, Unknown):
        assert made.data == spoiled
        return
    written = T.to_plain(made)
    if "type" not in touched:
        for name, value in documented_only(whole).items():
            if name not in touched:
                assert written[name] == value
    # What was mended is whole.
    assert T.to_plain(T.convert(type(made), written, strict=True)) == written
    assert repr(made)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_spoiled_payload_is_mended(cls: type[Any], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "disruption.types")
    for seed in range(8):
        check(cls, seed)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
@given(cls=st.sampled_from(CLASSES), seed=st.integers(0, 2**64))
def test_thousands_of_spoiled_payloads_are_mended(cls: type[Any], seed: int) -> None:
    log = logging.getLogger("disruption.types")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        check(cls, seed)
    finally:
        log.setLevel(before)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_field_survives_every_wrong_value(
    cls: type[Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "disruption.types")
    whole = Payloads(2).of(cls)
    names = [plan.name for plan in model_plan(cls)]
    for name in names:
        for value in WRONG:
            T.decode(cls, json.dumps({**whole, name: value}).encode())
    assert T.decode(cls, b"{}") is not None


def test_what_did_not_fit_is_logged_with_its_path_and_counted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    api = FakeApi()
    data = b'{"guild_id": "1", "members": [{"roles": ["2", "x"], "joined_at": 1.5e300}, 7]}'
    T.decode_event("GUILD_MEMBERS_CHUNK", data, api)
    assert api.counters.snapshot()["types.mended_payloads"] == 1
    assert api.counters.snapshot()["types.faults"] == 5
    for path in ("$.members[0].roles[1]", "$.members[0].joined_at", "$.members[1]"):
        assert path in caplog.text


def test_thousands_of_faults_are_counted_and_few_are_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    api = FakeApi()
    members = [{"roles": [{}], "joined_at": [], "deaf": 3}] * 1000
    chunk = {"guild_id": "1", "chunk_index": 0, "chunk_count": 1, "members": members}
    event = T.convert(T.GuildMembersChunk, chunk, api)
    assert len(event.members) == 1000
    assert api.counters.snapshot()["types.faults"] == 3000
    assert len(caplog.text) < 2000


def test_a_payload_that_is_no_object_is_refused() -> None:
    for data in (b"[]", b"3", b'"x"', b"null", b"true"):
        with pytest.raises(DecodeError):
            T.decode(T.Message, data)


def test_strict_convert_names_the_place() -> None:
    with pytest.raises(DecodeError, match=r"\$\.author\.id"):
        T.convert(T.Message, {**Payloads(3).of(T.Message), "author": {"id": []}}, strict=True)
