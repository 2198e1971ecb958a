"""What did not fit is told once a minute for each kind of fault, and counted every time."""

from __future__ import annotations

import json
import logging
import re

import pytest

import disruption.types as T
from disruption import Rest
from disruption.types.core import reporting
from disruption.types.core.reporting import report

TYPING = {"channel_id": "1", "user_id": "2", "timestamp": 3}


@pytest.fixture
def rest() -> Rest:
    return Rest("a-token.for.tests")


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "disruption.types"]


def test_the_same_fault_of_many_payloads_is_one_line(
    rest: Rest, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(50):
        wrong = json.dumps({**TYPING, "timestamp": [number]}).encode()
        T.decode_event("TYPING_START", wrong, rest)
    [line] = told(caplog)
    assert "TypingStart did not fit" in line
    assert "$.timestamp" in line
    assert rest.counters["types.mended_payloads"] == 50


def test_each_kind_is_told_at_once(rest: Rest, caplog: pytest.LogCaptureFixture) -> None:
    for field in ("timestamp", "user_id", "timestamp"):
        T.decode_event("TYPING_START", json.dumps({**TYPING, field: []}).encode(), rest)
    assert [re.findall(r"\$\.\w+", line) for line in told(caplog)] == [
        ["$.timestamp"],
        ["$.user_id"],
    ]


def test_each_who_receives_is_told(caplog: pytest.LogCaptureFixture) -> None:
    for rest in (Rest("a.b.c"), Rest("d.e.f"), None, None):
        T.decode_event("TYPING_START", json.dumps({**TYPING, "user_id": []}).encode(), rest)
    assert len(told(caplog)) == 4


def test_numbers_are_no_kinds_and_the_next_line_tells_how_many_there_were(
    rest: Rest, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(reporting.time, "monotonic", lambda: now)
    for number in range(3):
        report(f"line {number}", f"Guild $.members[{number}].roles", rest)
    now = 1060.0
    report("line 3", "Guild $.members[77].roles", rest)
    assert told(caplog) == ["line 0", "line 3 (2 more like it were not logged)"]


def test_ever_new_kinds_fill_neither_memory_nor_the_log(
    rest: Rest, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    for number in range(1000):
        report("a line", "kind " + "x" * number, rest)
    assert len(told(caplog)) == reporting._KINDS + 1
    assert len(reporting._told[rest.counters]) == reporting._KINDS + 1
