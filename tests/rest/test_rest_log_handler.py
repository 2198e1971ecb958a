from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from rest_fake import Answer, FakeDiscord

from disruption.errors import InvalidArgument
from disruption.rest import WebhookLogHandler


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    made = logging.getLogger("test.webhook")
    made.setLevel(logging.DEBUG)
    made.propagate = False
    yield made
    for handler in list(made.handlers):
        made.removeHandler(handler)
        handler.close()


def handler_for(
    discord: FakeDiscord, logger: logging.Logger, **options: object
) -> WebhookLogHandler:
    discord.default = Answer(status=204)
    number = discord.port  # its own webhook, since those that are gone are remembered
    url = f"http://127.0.0.1:{discord.port}/api/webhooks/{number}/t"
    handler = WebhookLogHandler(url, **options)  # type: ignore[arg-type]
    logger.addHandler(handler)
    return handler


def contents(discord: FakeDiscord) -> list[str]:
    return [request.json["content"] for request in discord.requests]


def test_records_that_come_together_share_a_message(
    discord: FakeDiscord, logger: logging.Logger
) -> None:
    handler = handler_for(discord, logger, delay=30, username="log")
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger.error("one")
    logger.info("two")
    handler.close()
    assert contents(discord) == ["ERROR one\nINFO two"]
    assert discord.requests[0].json["username"] == "log"
    assert discord.requests[0].json["allowed_mentions"] == {"parse": []}


def test_flush_waits_until_all_is_sent(discord: FakeDiscord, logger: logging.Logger) -> None:
    handler = handler_for(discord, logger, delay=0)
    logger.error("one")
    handler.flush()
    assert contents(discord) == ["one"]
    logger.error("two")
    handler.flush()
    assert contents(discord) == ["one", "two"]


def test_long_records_are_split(discord: FakeDiscord, logger: logging.Logger) -> None:
    handler = handler_for(discord, logger, delay=0)
    logger.error("line\n" * 1000)
    handler.flush()
    sent = contents(discord)
    assert len(sent) == 3
    assert max(map(len, sent)) <= 2000
    assert "\n".join(sent).split() == ["line"] * 1000


def test_what_does_not_fit_is_counted_and_told(
    discord: FakeDiscord, logger: logging.Logger
) -> None:
    held = threading.Event()
    handler = handler_for(discord, logger, delay=0, capacity=2)
    discord.answer(Answer(status=204, wait=held))
    logger.error("first")
    discord.wait_for(1)
    for number in range(5):
        logger.error("record %d", number)
    assert handler.dropped == 3
    held.set()
    handler.flush()
    assert contents(discord)[1] == "(dropped before this: 3)\nrecord 0\nrecord 1"


def test_it_never_takes_what_it_logs_itself(discord: FakeDiscord) -> None:
    logger = logging.getLogger("disruption.rest")
    before = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        handler = handler_for(discord, logger, delay=0)
        logger.error("one")
        handler.flush()
        logger.removeHandler(handler)
        handler.close()
    finally:
        logger.setLevel(before)
    assert contents(discord) == ["one"]


def test_a_webhook_that_is_gone_is_not_asked_again(
    discord: FakeDiscord, logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = handler_for(discord, logger, delay=0)
    discord.answer(Answer(status=404, json={"code": 10015, "message": "Unknown Webhook"}))
    logger.error("one")
    handler.flush()
    logger.error("two")
    handler.flush()
    assert len(discord.requests) == 1
    assert handler.dropped == 2
    assert "Unknown Webhook" in capsys.readouterr().err


def test_a_failure_is_told_with_the_next_message(
    discord: FakeDiscord, logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = handler_for(discord, logger, delay=0)
    discord.answer(Answer(status=400, json={"message": "no"}))
    logger.error("one")
    handler.flush()
    logger.error("two")
    handler.flush()
    assert contents(discord) == ["one", "(dropped before this: 1)\ntwo"]
    assert "records were lost" in capsys.readouterr().err


def test_its_thread_ends(discord: FakeDiscord, logger: logging.Logger) -> None:
    def threads() -> int:
        return sum(thread.name == "disruption-log" for thread in threading.enumerate())

    before = threads()
    handler = handler_for(discord, logger, delay=0)
    assert threads() == before  # not before it is needed
    logger.error("one")
    handler.close()
    assert threads() == before
    logger.error("two")
    assert handler.dropped == 1


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(InvalidArgument, match="address"):
        WebhookLogHandler("https://example.com")
    with pytest.raises(InvalidArgument, match="capacity"):
        WebhookLogHandler("https://discord.com/api/webhooks/1/t", capacity=0)
    for bad in ({"capacity": "x"}, {"delay": float("nan")}, {"timeout": None}, {"timeout": 0}):
        with pytest.raises(InvalidArgument, match="must be a number"):
            WebhookLogHandler("https://discord.com/api/webhooks/1/t", **bad)
    with pytest.raises(InvalidArgument, match="webhook must be"):
        WebhookLogHandler(5)  # type: ignore[arg-type]


SCRIPT = """
import logging, sys
from disruption.rest import WebhookLogHandler

handler = WebhookLogHandler(sys.argv[1], delay=60)
logging.getLogger().addHandler(handler)
logging.error("the last words")
"""


def test_what_is_left_is_sent_at_exit(discord: FakeDiscord) -> None:
    discord.default = Answer(status=204)
    url = f"http://127.0.0.1:{discord.port}/api/webhooks/1/t"
    subprocess.run([sys.executable, "-c", SCRIPT, url], check=True, timeout=60)
    assert contents(discord) == ["the last words"]


LATE = """
import atexit, logging, sys
from disruption.rest import WebhookLogHandler

handler = WebhookLogHandler(sys.argv[1], delay=60)
logging.getLogger().addHandler(handler)
atexit.register(logging.error, "later than the last")
"""


def test_what_is_first_logged_at_exit_is_sent_too(discord: FakeDiscord) -> None:
    discord.default = Answer(status=204)
    url = f"http://127.0.0.1:{discord.port}/api/webhooks/1/t"
    subprocess.run([sys.executable, "-c", LATE, url], check=True, timeout=60)
    assert contents(discord) == ["later than the last"]
