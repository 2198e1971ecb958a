from __future__ import annotations

import logging
import os
import pickle
import socket
import threading
import traceback
from typing import Any

import pytest
from rest_fake import TOKEN, Answer, FakeDiscord

from disruption.errors import (
    ClientStopped,
)
from disruption.rest import Rest, Retries

SECRET = "webhook-s3cret"


def limited(
    remaining: int, *, limit: int = 5, reset: float = 1e9, after: float = 5.0
) -> dict[str, str]:
    return {
        "X-RateLimit-Bucket": "bucket",
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": "1000000000.000",
        "X-RateLimit-Reset-After": f"{after:.3f}",
    }


class TestSecrets:
    def test_are_in_no_log_error_or_repr(
        self, discord: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        seen: list[str] = []

        def failing(call: Any) -> None:
            with pytest.raises(Exception) as caught:  # noqa: PT011
                call()
            seen.append("".join(traceback.format_exception(caught.value)))
            error: BaseException | None = caught.value
            while error is not None:
                seen.append(repr(error) + str(error) + repr(vars(error)))
                error = error.__cause__ or error.__context__

        quick = Retries(attempts=2, backoff=0.001)
        with Rest(TOKEN, base_url=discord.url, retries=quick) as rest:
            seen.append(repr(rest))
            discord.answer(Answer(json={}))
            rest.execute_webhook(1, SECRET, content="x")
            discord.default = Answer(reset=True)
            failing(lambda: rest.execute_webhook(1, SECRET, content="x"))
            failing(lambda: rest.edit_webhook_message(1, SECRET, 2, content="x"))
            failing(lambda: rest.create_followup_message(1, SECRET, content="x"))
            failing(lambda: rest.create_interaction_response(1, SECRET, 5))
            failing(lambda: rest.get_current_user())
            discord.default = Answer(status=500, body=f"/webhooks/1/{SECRET}".encode())
            failing(lambda: rest.get_webhook_with_token(1, SECRET))
            failing(lambda: rest.request("POST", f"/webhooks/12345/{SECRET}"))
            failing(lambda: rest.get_webhook_with_token(1, SECRET + "\n"))
        with Rest(TOKEN, base_url="http://127.0.0.1:9/api", retries=quick) as rest:
            failing(lambda: rest.get_webhook_with_token(1, SECRET))
        text = "\n".join(seen) + caplog.text
        text += "".join(str(record.__dict__) for record in caplog.records)
        assert "urllib3" in {record.name.partition(".")[0] for record in caplog.records}
        assert "s3cret" not in text

    def test_are_not_pickled(self, rest: Rest) -> None:
        with pytest.raises(TypeError, match="pickle"):
            pickle.dumps(rest)


def asking(rest: Rest) -> tuple[threading.Thread, list[ClientStopped]]:
    """Ask something in a thread that notes whether the client's end was told."""
    caught: list[ClientStopped] = []

    def call() -> None:
        try:
            rest.get_current_user()
        except ClientStopped as error:
            caught.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    return thread, caught


class TestClosing:
    def test_wakes_those_that_wait(self, discord: FakeDiscord, rest: Rest) -> None:
        discord.answer(Answer(json={}, headers=limited(0, after=3600)))
        rest.trigger_typing_indicator(2)
        caught: list[BaseException] = []

        def call() -> None:
            try:
                rest.trigger_typing_indicator(2)
            except ClientStopped as error:
                caught.append(error)

        threads = [threading.Thread(target=call) for _ in range(5)]
        for thread in threads:
            thread.start()
        rest.close()
        for thread in threads:
            thread.join(10)
        assert len(caught) == 5
        with pytest.raises(ClientStopped):
            rest.get_channel(3)
        rest.open()
        discord.default = Answer(json={"id": "3", "type": 0})
        assert rest.get_channel(3).id == 3

    @pytest.mark.parametrize("used", [False, True], ids=["a new connection", "a used one"])
    def test_breaks_off_what_is_under_way(
        self, discord: FakeDiscord, rest: Rest, used: bool
    ) -> None:
        if used:
            rest.trigger_typing_indicator(2)
        silence = threading.Event()
        discord.default = Answer(json={}, wait=silence)
        thread, caught = asking(rest)
        with discord.arrived:
            assert discord.arrived.wait_for(lambda: len(discord.requests) == 1 + used, 10)
        rest.close(abort=True)
        thread.join(10)
        silence.set()
        assert len(caught) == 1
        rest.open()
        discord.default = Answer(json={"id": "3", "type": 0})
        assert rest.get_channel(3).id == 3

    def test_breaks_off_tls_that_never_stands(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            rest = Rest(TOKEN, base_url=f"https://127.0.0.1:{server.getsockname()[1]}/api")
            thread, caught = asking(rest)
            peer, _ = server.accept()
            with peer:
                assert peer.recv(1)  # its hello
                rest.close(abort=True)
                thread.join(8)  # less than the time that connecting may take
            assert len(caught) == 1

    def test_starts_and_leaves_no_thread(self, discord: FakeDiscord) -> None:
        before = set(threading.enumerate())  # some may be ending
        with Rest(TOKEN, base_url=discord.url):
            assert set(threading.enumerate()) <= before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_has_connections_of_its_own(discord: FakeDiscord, rest: Rest) -> None:
    rest.trigger_typing_indicator(2)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            rest.trigger_typing_indicator(2)
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    rest.trigger_typing_indicator(2)
    connections = [request.connection for request in discord.requests]
    assert connections[0] == connections[2] != connections[1]
