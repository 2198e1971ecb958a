"""Interactions that nobody answers in time are deferred, whatever the handlers do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from client_bots import PATIENCE, Heard, People, threads_of

from disruption import BadRequest, Client, Interaction, InteractionCreate, InvalidArgument
from disruption.local import LocalDiscord
from disruption.local.driver.interaction import InteractionView
from disruption.local.server import Bot
from disruption.rest.answer import Kind

MakeClient = Callable[..., Client]


class Gate:
    """Handlers wait at it; it opens at the end of the test at the latest."""

    def __init__(self) -> None:
        self.event = threading.Event()

    def __call__(self) -> None:
        assert self.event.wait(PATIENCE)


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.event.set()


def _let_go(client: Client, gate: Gate) -> None:
    """Let the handlers end that a stop has left behind."""
    gate.event.set()
    for thread in threading.enumerate():
        if thread.name.startswith(f"{client.name}-"):
            thread.join(PATIENCE)


@pytest.fixture
def commands(make: MakeClient, bot: Bot) -> None:
    rest = make().rest
    for name in ("roll", "slow"):
        rest.request(
            "POST",
            f"/applications/{bot.application_id}/commands",
            json={"name": name, "description": "x", "type": 1},
        )


def _serve(make: MakeClient, answer: Callable[[Interaction], object], **options: Any) -> Client:
    client = make(**options)
    client.on(InteractionCreate)(answer)
    client.connect(PATIENCE)
    return client


def _slash(local: LocalDiscord, name: str = "roll") -> InteractionView:
    return local.world.user("ann").slash("#general", name)


def test_a_handler_that_takes_its_time_is_deferred(
    make: MakeClient, local: LocalDiscord, commands: None, gate: Gate
) -> None:
    def answer(interaction: Interaction) -> None:
        gate()
        interaction.respond("At last")

    client = _serve(make, answer, auto_defer=0.05)
    asked = _slash(local)
    assert asked.answer(PATIENCE) == 5
    gate.event.set()
    assert asked.message(PATIENCE).content == "At last"
    assert client.counters["rest.auto_defers"] == 1
    assert any("-defer-" in name for name in threads_of(client))


def test_what_is_answered_in_time_is_not_deferred(
    make: MakeClient, local: LocalDiscord, commands: None
) -> None:
    client = _serve(make, lambda interaction: interaction.respond("Quick"))
    asked = [_slash(local) for _ in range(5)]
    assert [each.answer(PATIENCE) for each in asked] == [4] * 5
    assert client.counters["rest.auto_defers"] == 0
    assert not any("-defer-" in name for name in threads_of(client))


def test_what_is_answered_is_watched_no_longer(
    make: MakeClient, local: LocalDiscord, commands: None
) -> None:
    watched = Heard()

    def answer(interaction: Interaction) -> None:
        watched.add(interaction.id in client._deferrals._waiting)
        interaction.respond("Quick")
        watched.add(interaction.id in client._deferrals._waiting)

    client = make(auto_defer=2.5)
    client.on(InteractionCreate)(answer)
    client.connect(PATIENCE)
    _slash(local)
    assert watched.wait_count(2)[1] is False


def test_what_still_waits_in_the_queue_is_deferred(
    make: MakeClient, local: LocalDiscord, commands: None, gate: Gate
) -> None:
    def answer(interaction: Interaction) -> None:
        gate()
        interaction.respond(f"{interaction.id}")

    client = _serve(make, answer, workers=8, max_threads=8, auto_defer=0.2)
    asked = [_slash(local) for _ in range(60)]
    assert [each.answer(PATIENCE) for each in asked] == [5] * 60
    gate.event.set()
    assert [each.message(PATIENCE).content for each in asked] == [each.id for each in asked]
    assert client.counters["rest.auto_defer_failures"] == 0


def test_a_policy_says_who_is_not_deferred_and_who_is_for_the_users_eyes_only(
    make: MakeClient, local: LocalDiscord, commands: None, gate: Gate
) -> None:
    class Commands:
        def defer_policy(self, interaction: Any) -> tuple[bool, bool]:
            return interaction.data.name == "slow", True

    def answer(interaction: Any) -> None:
        gate()
        interaction.respond("Done")

    client = make(auto_defer=0.05)
    client._commands = Commands()
    client.on(InteractionCreate)(answer)
    client.connect(PATIENCE)
    roll, slow = _slash(local), _slash(local, "slow")
    assert slow.answer(PATIENCE) == 5
    gate.event.set()
    assert slow.message(PATIENCE).data["flags"] & 64
    assert roll.answer(PATIENCE) == 4


def test_none_never_defers(
    make: MakeClient, local: LocalDiscord, commands: None, gate: Gate
) -> None:
    done = Heard()

    def answer(interaction: Interaction) -> None:
        gate()
        done.add(interaction.responder.state.name)

    client = _serve(make, answer, auto_defer=None)
    _slash(local)
    gate.event.set()
    assert done.wait_count(1) == ["NEW"]
    assert client._timer.pending == 0 or not client._deferrals._waiting


@pytest.mark.parametrize("delay", [-1, 2.6, 3])
def test_a_delay_that_cannot_work_is_refused(make: MakeClient, delay: float) -> None:
    with pytest.raises(InvalidArgument, match="3 seconds"):
        make(auto_defer=delay)


def test_an_ephemeral_answer_is_not_shown_to_all_because_of_a_deferral(
    make: MakeClient, local: LocalDiscord, commands: None, gate: Gate
) -> None:
    def answer(interaction: Interaction) -> None:
        gate()
        interaction.respond("Secret", ephemeral=True)
        interaction.edit_response("Other secret")

    _serve(make, answer, auto_defer=0.05)
    asked = _slash(local)
    assert asked.answer(PATIENCE) == 5
    gate.event.set()
    channel = local.world.channel("#general")
    assert local.world.wait_until(
        lambda: asked.message(PATIENCE).content == "Other secret", PATIENCE
    )
    assert asked.message(PATIENCE).data["flags"] & 64
    assert [message["content"] for message in channel.history()] == []


def test_a_button_that_is_deferred_keeps_its_message_and_answers_below(
    make: MakeClient, local: LocalDiscord, people: People, gate: Gate
) -> None:
    def answer(interaction: Interaction) -> None:
        gate()
        interaction.respond("One")
        interaction.edit_response("Two")
        interaction.update("Changed")

    client = _serve(make, answer, auto_defer=0.05)
    button = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}
    client.channel(int(people.general)).send(
        "Choose",
        components=[{"type": 1, "components": [button]}],  # type: ignore[list-item]
    )
    channel = local.world.channel("#general")
    asked = local.world.user("ann").click(channel.expect("Choose", timeout=PATIENCE), "Go")
    assert asked.answer(PATIENCE) == 6
    gate.event.set()
    assert local.world.wait_until(
        lambda: [m["content"] for m in channel.history()] == ["Two", "Changed"], PATIENCE
    )


def test_a_stop_lets_handlers_answer_what_is_queued(
    make: MakeClient, local: LocalDiscord, commands: None, gate: Gate
) -> None:
    begun = Heard()

    def answer(interaction: Interaction) -> None:
        begun.add(interaction.id)
        gate()
        interaction.respond("Done")

    client = _serve(make, answer, workers=1, auto_defer=0.05)
    asked = [_slash(local) for _ in range(3)]
    assert [each.answer(PATIENCE) for each in asked] == [5] * 3
    begun.wait_count(1)
    gate.event.set()
    client.stop(PATIENCE)
    assert [each.message(PATIENCE).content for each in asked] == ["Done"] * 3
    assert client.counters["client.interactions_abandoned"] == 0


def test_a_stop_leaves_nobody_thinking(
    make: MakeClient, local: LocalDiscord, commands: None
) -> None:
    done = Heard()
    client = _serve(make, lambda interaction: done.add(interaction.id), auto_defer=0.05)
    asked = _slash(local)
    done.wait_count(1)
    assert asked.answer(PATIENCE) == 5
    client.stop()
    assert local.world.channel("#general").history() == []
    assert client.counters["client.interactions_abandoned"] == 1


def test_a_stop_leaves_alone_what_another_process_answers(
    make: MakeClient, local: LocalDiscord, commands: None
) -> None:
    done = Heard()
    client = _serve(make, lambda interaction: done.add(interaction.handle), auto_defer=0.05)
    asked = _slash(local)
    done.wait_count(1)
    assert asked.answer(PATIENCE) == 5
    client.stop()
    assert len(local.world.channel("#general").history()) == 1
    assert client.counters["client.interactions_abandoned"] == 0


def test_a_session_that_is_kept_is_answered_by_the_next_client(
    make: MakeClient, local: LocalDiscord, commands: None, gate: Gate, quick: None
) -> None:
    begun = Heard()

    def stuck(interaction: Interaction) -> None:
        begun.add(interaction.id)
        gate()

    first = _serve(make, stuck, workers=1, max_threads=1, auto_defer=2.5)
    arrived = first.events(InteractionCreate, timeout=PATIENCE, max=2)
    asked = [_slash(local) for _ in range(2)]
    assert len(list(arrived)) == 2
    begun.wait_count(1)
    first.stop(0.5, keep_session=True)
    assert [each.answer(PATIENCE) for each in asked] == [5] * 2

    second = make(session=first.session_state())
    second.on(InteractionCreate)(lambda interaction: interaction.respond("Late but here"))
    second.connect(PATIENCE)
    assert [each.message(PATIENCE).content for each in asked] == ["Late but here"] * 2
    _let_go(first, gate)


def test_what_comes_again_too_late_is_dropped(
    make: MakeClient, local: LocalDiscord, commands: None, gate: Gate, quick: None
) -> None:
    handled = Heard()

    def stuck(interaction: Interaction) -> None:
        handled.add(interaction.id)
        gate()

    first = _serve(make, stuck, workers=1, max_threads=1, auto_defer=None)
    asked = _slash(local)
    handled.wait_count(1)
    first.stop(0.1, keep_session=True)
    asked.record.made_at -= 10  # as if the restart had taken so long

    second = make(session=first.session_state())
    second.on(InteractionCreate)(lambda interaction: handled.add("handled"))
    replies = Heard()
    second.rest.hooks.append(lambda exchange: replies.add(exchange.status))
    second.connect(PATIENCE)
    replies.wait_item(404)
    _slash(local)
    handled.wait_count(2)
    second.stop()
    assert len(handled.items) == 2
    assert second.counters["client.interactions_expired"] == 1
    _let_go(first, gate)


def test_what_comes_again_in_time_is_deferred_and_handled(
    make: MakeClient, local: LocalDiscord, people: People, commands: None, quick: None
) -> None:
    client = _serve(make, lambda interaction: interaction.respond("After all"))
    people.await_session()
    local.faults.add("refuse_connection")
    local.faults.now("drop")
    people.await_session(connected=False)
    asked = _slash(local)
    local.faults.clear()
    assert asked.message(PATIENCE).content == "After all"
    assert asked.record.answer == 5
    assert client.counters["client.sessions_resumed"] == 1


def test_an_answer_that_is_refused_late_does_not_keep_it_from_being_deferred(
    make: MakeClient, local: LocalDiscord, commands: None, gate: Gate
) -> None:
    refused = Heard()
    local.faults.add("slow", method="POST", route="/interactions/", seconds=0.6, times=1)

    def answer(interaction: Interaction) -> None:
        responder = interaction.responder
        too_long = {"content": "x" * 2001}  # which `respond` would not send
        with pytest.raises(BadRequest):
            responder._run(Kind.RESPOND, lambda plan: responder._callback(plan, too_long, ()))
        refused.add(interaction.id)
        gate()
        interaction.respond("Better")

    _serve(make, answer, auto_defer=0.3)
    asked = _slash(local)
    refused.wait_count(1)
    assert asked.answer(PATIENCE) == 5
    gate.event.set()
    assert asked.message(PATIENCE).content == "Better"
