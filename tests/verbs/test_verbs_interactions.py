"""Answering interactions with the verbs on them, against a whole local Discord."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from queue import Queue

import pytest

from disruption import (
    AlreadyResponded,
    Client,
    InteractionCreate,
    MessageComponentData,
    ModalSubmitData,
    Rest,
    components,
)
from disruption.local import LocalDiscord
from disruption.types import ModalCallbackData

Answer = Callable[[InteractionCreate], None]


@pytest.fixture
def client(local: LocalDiscord) -> Iterator[Client]:
    bot = local.add_bot("bot")
    client = Client(None, bot.token, rest_url=local.rest_url)
    client.rest.request(
        "POST",
        f"/applications/{bot.application_id}/commands",
        json={"name": "roll", "description": "Roll dice", "type": 1},
    )
    yield client
    client.stop()


def _run(client: Client, answer: Answer) -> None:
    client.on(InteractionCreate)(answer)
    client.connect(timeout=30)


def test_respond_then_followup_edit_and_delete(local: LocalDiscord, client: Client) -> None:
    def answer(interaction: InteractionCreate) -> None:
        interaction.respond("Rolling")
        interaction.edit_response("You rolled 4")
        interaction.followup("Lucky you")

    _run(client, answer)
    asked = local.world.user("ann").slash("#general", "roll")

    assert asked.message(timeout=30).data["interaction_metadata"]["user"]["username"] == "ann"
    channel = local.world.channel("#general")
    assert local.world.wait_until(
        lambda: [m["content"] for m in channel.history()] == ["Lucky you", "You rolled 4"], 30
    )


def test_a_deferred_answer_replaces_thinking(local: LocalDiscord, client: Client) -> None:
    def answer(interaction: InteractionCreate) -> None:
        assert interaction.defer()
        assert not interaction.defer()
        interaction.respond("At last")

    _run(client, answer)
    local.world.user("ann").slash("#general", "roll")

    channel = local.world.channel("#general")
    assert local.world.wait_until(
        lambda: [m["content"] for m in channel.history()] == ["At last"], 30
    )


def test_a_second_answer_says_to_follow_up(local: LocalDiscord, client: Client) -> None:
    raised: Queue[BaseException] = Queue()

    def answer(interaction: InteractionCreate) -> None:
        interaction.respond("One")
        with pytest.raises(AlreadyResponded) as caught:
            interaction.respond("Two")
        raised.put(caught.value)

    _run(client, answer)
    local.world.user("ann").slash("#general", "roll")

    assert "followup" in str(raised.get(timeout=30)).replace(" ", "").replace("-", "")


def test_a_button_updates_its_message_and_a_modal_comes_back(
    local: LocalDiscord, client: Client
) -> None:
    def answer(interaction: InteractionCreate) -> None:
        match interaction.data:
            case MessageComponentData(custom_id="ask"):
                interaction.show_modal(
                    ModalCallbackData(
                        custom_id="form",
                        title="Form",
                        components=[
                            components.Label(
                                label="Name",
                                component=components.TextInput(
                                    custom_id="name", style=components.TextInputStyle.SHORT
                                ),
                            )
                        ],
                    )
                )
            case ModalSubmitData(components=[components_]):
                entered = components_.component
                assert entered is not None
                interaction.respond(f"Hello {entered.value}")
            case MessageComponentData(custom_id="go"):
                interaction.update("Gone", components=None)

    _run(client, answer)
    ann = local.world.user("ann")
    general = local.world.channel("#general")
    row = components.ActionRow(
        components=[
            components.Button(style=components.ButtonStyle.PRIMARY, label="Ask", custom_id="ask"),
            components.Button(style=components.ButtonStyle.DANGER, label="Go", custom_id="go"),
        ]
    )
    client.channel(int(general.id)).send("Choose", components=[row])
    choice = general.expect("Choose", timeout=30)

    asked = ann.click(choice, "Ask")
    asked.modal(timeout=30)
    ann.submit_modal(asked, name="Ann")
    general.expect("Hello Ann", timeout=30)

    ann.click(choice, "Go")
    assert local.world.wait_until(lambda: choice.content == "Gone", 30)


def test_a_pickled_handle_answers_from_elsewhere(local: LocalDiscord, client: Client) -> None:
    handles: Queue[bytes] = Queue()

    def answer(interaction: InteractionCreate) -> None:
        interaction.defer()
        handles.put(pickle.dumps(interaction.handle))

    _run(client, answer)
    local.world.user("ann").slash("#general", "roll")

    with Rest.anonymous(base_url=local.rest_url) as rest:
        pickle.loads(handles.get(timeout=30)).open(rest).respond("From a job")

    channel = local.world.channel("#general")
    assert [m["content"] for m in channel.history()] == ["From a job"]
