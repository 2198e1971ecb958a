"""Interactions under load: many threads at one of them, and many of them at a busy bot."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Queue
from typing import Any

import pytest
from client_bots import PATIENCE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruption import (
    AlreadyResponded,
    Client,
    HTTPError,
    Interaction,
    InteractionCreate,
    InvalidArgument,
)
from disruption.local import LocalDiscord
from disruption.local.server import Bot
from disruption.rest.answer import State

MakeClient = Callable[..., Client]

MODAL = {"custom_id": "x", "title": "X", "components": [{"type": 10, "content": "Hi"}]}
ACTS: dict[str, Callable[[Interaction], object]] = {
    "respond": lambda it: it.responder.respond("responded"),
    "respond ephemeral": lambda it: it.responder.respond("responded", ephemeral=True),
    "defer": lambda it: it.responder.defer(),
    "defer ephemeral": lambda it: it.responder.defer(ephemeral=True),
    "auto-defer": lambda it: it.responder.auto_defer(),
    "follow up": lambda it: it.responder.followup("followed up"),
    "edit": lambda it: it.responder.edit_response("edited"),
    "modal": lambda it: it.responder.modal(MODAL),
}


@pytest.fixture
def command(make: MakeClient, bot: Bot) -> None:
    make().rest.request(
        "POST",
        f"/applications/{bot.application_id}/commands",
        json={"name": "roll", "description": "x", "type": 1},
    )


def test_any_threads_at_one_interaction_give_it_one_answer(
    make: MakeClient, local: LocalDiscord, command: None
) -> None:
    came: Queue[InteractionCreate] = Queue()
    client = make(auto_defer=None)
    client.on(InteractionCreate)(came.put)
    client.connect(PATIENCE)
    world = local.world

    @settings(
        max_examples=30,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(st.sampled_from(sorted(ACTS)), min_size=2, max_size=5))
    def check(names: list[str]) -> None:
        view = world.user("ann").slash("#general", "roll")
        interaction = came.get(timeout=PATIENCE)
        start = threading.Barrier(len(names))
        done: list[tuple[str, BaseException | None]] = []

        def act(name: str) -> None:
            start.wait(PATIENCE)
            try:
                ACTS[name](interaction)
            except (AlreadyResponded, InvalidArgument, HTTPError) as error:
                done.append((name, error))
            else:
                done.append((name, None))

        threads = [threading.Thread(target=act, args=(name,), daemon=True) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        assert len(done) == len(names), "a thread waits for ever, or raised what it should not"
        worked = [name for name, error in done if error is None]
        responded = [name for name in worked if name.startswith("respond")]
        assert len(responded) <= 1
        assert interaction.responder.state is not State.CLAIMED
        first = {"respond", "respond ephemeral", "defer", "defer ephemeral", "auto-defer", "modal"}
        if first & set(names):
            assert view.record.answer is not None
        ids = [view.record.original_id, *view.record.follow_up_ids]
        messages = [
            world.messages.get(view.record.channel_id, message_id)
            for message_id in ids
            if message_id
        ]
        if responded and "edit" not in worked:
            said = [each for each in messages if each["content"] == "responded"]
            assert len(said) == 1, done
            if responded == ["respond ephemeral"]:
                assert said[0]["flags"] & 64
        assert not (responded and any(each["flags"] & 128 for each in messages)), "thinking…"

    check()


def _saturate(make: MakeClient, local: LocalDiscord, count: int, seconds: float, **options: Any):
    """Let `count` interactions come within `seconds` while no handler gets on."""
    gate = threading.Event()
    failed: Queue[BaseException] = Queue()

    def answer(interaction: InteractionCreate) -> None:
        assert gate.wait(240)
        try:
            interaction.respond(str(interaction.id))
        except BaseException as error:
            failed.put(error)

    client = make(workers=8, max_threads=8, **options)
    client.on(InteractionCreate)(answer)
    client.connect(PATIENCE)
    views = []
    pause = threading.Event()
    ann = local.world.user("ann")
    try:
        for number in range(count):
            views.append(ann.slash("#general", "roll"))
            if number % 10 == 9:
                pause.wait(seconds * 10 / count)
        answers = [view.answer(PATIENCE) for view in views]
    finally:
        gate.set()
    texts = [view.message(240).content for view in views]
    client.stop(PATIENCE)
    assert answers == [5] * count
    assert texts == [view.id for view in views]
    assert failed.empty()
    assert client.counters["rest.auto_defers"] == count
    assert client.counters["rest.auto_defer_failures"] == 0


def test_sixty_at_once_and_no_handler_free(
    make: MakeClient, local: LocalDiscord, command: None
) -> None:
    _saturate(make, local, 60, 0.1, auto_defer=0.5)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_thousand_in_a_minute_and_no_handler_free(
    make: MakeClient, local: LocalDiscord, command: None
) -> None:
    _saturate(make, local, 1000, 45.0)
