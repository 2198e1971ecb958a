"""Errors as a bot's author meets them: by code, by class, ignored where expected."""

from __future__ import annotations

import logging
import pickle

import pytest
from rest_fake import Answer, FakeDiscord

from disruption.errors import Forbidden, InvalidArgument, NotFound, ignore
from disruption.rest import Rest
from disruption.types import JSONErrorCode


def test_a_code_has_its_name(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(status=404, json={"code": 10003, "message": "Unknown Channel"})
    with pytest.raises(NotFound) as caught:
        rest.get_channel(2)
    assert caught.value.code == 10003
    assert caught.value.json_code is JSONErrorCode.UNKNOWN_CHANNEL
    assert pickle.loads(pickle.dumps(caught.value)).json_code == 10003


def test_an_unknown_code_is_kept(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(status=403, json={"code": 987654})
    with pytest.raises(Forbidden) as caught:
        rest.get_channel(2)
    assert caught.value.json_code == 987654


def test_expected_errors_are_ignored(
    discord: FakeDiscord, rest: Rest, caplog: pytest.LogCaptureFixture
) -> None:
    discord.default = Answer(status=404, json={"code": 10003, "message": "Unknown Channel"})
    with caplog.at_level(logging.DEBUG, "disruption.errors"):
        with ignore(NotFound):
            rest.get_channel(2)
        with ignore(Forbidden, JSONErrorCode.UNKNOWN_CHANNEL):
            rest.get_channel(2)
        with ignore(10003):
            rest.get_channel(2)
    assert caplog.text.count("ignored as expected") == 3


def test_others_are_not(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(status=404, json={"code": 10003})
    with pytest.raises(NotFound), ignore(Forbidden, 10004):
        rest.get_channel(2)
    with pytest.raises(ValueError, match="mine"), ignore(NotFound):
        raise ValueError("mine")
    with pytest.raises(InvalidArgument), ignore():
        pass
    with pytest.raises(InvalidArgument), ignore("10003"):  # type: ignore[arg-type]
        pass
