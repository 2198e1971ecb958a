from __future__ import annotations

import logging

import pytest

from disruption.rest.redact import Redactor, redact, root_cause


@pytest.mark.parametrize(
    "text",
    [
        "https://discord.com/api/v10/webhooks/123/s3cret?wait=true",
        'url: "/api/webhooks/123/s3cret/messages/@original" (Caused by x)',
        "POST /api/v10/interactions/123/s3cret/callback HTTP/1.1",
        "Authorization: Bot s3cret.s3cret",
        "Bearer s3cret-s3cret",
        "MTMxMDAwMDAwMDAwMDAwMDAwMQ.GabcDE.s3cret-s3cret-s3cret-s3cret-s3cret",
    ],
)
def test_tokens_are_taken_out(text: str) -> None:
    assert "s3cret" not in redact(text)
    record = logging.LogRecord("x", 10, "f", 1, "%s and %r", (text, {"x": text}), None)
    assert Redactor().filter(record)
    assert "s3cret" not in record.getMessage() + str(record.args)


def test_all_else_stays() -> None:
    text = "GET /api/v10/webhooks/123 a Bot is here; version 1.2.3"
    assert redact(text) == text


def test_a_broken_record_of_others_is_left_to_logging() -> None:
    record = logging.LogRecord("x", 10, "f", 1, "%d", ("text",), None)
    assert Redactor().filter(record)


def test_the_root_cause_is_what_lies_beneath() -> None:
    inner = ConnectionRefusedError(111, "refused")

    class Wrapped(Exception):
        pass

    Wrapped.__module__ = "urllib3.exceptions"
    assert root_cause(Wrapped("/webhooks/1/s3cret", inner)) is inner
    assert root_cause(Wrapped("/webhooks/1/s3cret")) is None
    assert root_cause(OSError("/webhooks/1/s3cret")) is None
