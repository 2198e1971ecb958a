"""A bot without a gateway, served by real WSGI servers, with people on a local Discord."""

from __future__ import annotations

import multiprocessing
import pickle
import threading
from collections.abc import Callable, Iterator
from queue import Queue
from typing import Any

import pytest
from wsgi_servers import waitress_server, wsgiref_server

from disruption import (
    ApplicationAuthorized,
    BadRequest,
    Client,
    EntitlementCreate,
    File,
    Interaction,
    InteractionCreate,
    Rest,
)
from disruption.local import LocalDiscord
from disruption.local.driver.interaction import InteractionView
from disruption.local.server import Bot

PATIENCE = 30.0
Serve = Callable[[Callable[[Interaction], object]], Client]


@pytest.fixture(params=[wsgiref_server, waitress_server])
def serve(request: pytest.FixtureRequest, local: LocalDiscord, bot: Bot) -> Iterator[Serve]:
    """Serve a client whose interactions go to a function; Discord is told its address."""
    made: list[Any] = []

    def start(answer: Callable[[Interaction], object], **options: Any) -> Client:
        client = Client(None, bot.token, rest_url=local.rest_url, name="served")
        client.on(InteractionCreate)(answer)
        server = request.param(client.wsgi_app(**options))
        url = server.__enter__()
        made.extend((client, server))
        client.rest.edit_current_application(interactions_endpoint_url=url)
        client.rest.request(
            "POST",
            f"/applications/{bot.application_id}/commands",
            json={"name": "roll", "description": "x", "type": 1},
        )
        return client

    yield start
    for client, server in zip(made[::2], made[1::2], strict=True):
        server.__exit__(None, None, None)
        client.stop()
    assert not [t.name for t in threading.enumerate() if t.name.startswith("served-")]


def slash(local: LocalDiscord) -> InteractionView:
    return local.world.user("ann").slash("#general", "roll")


def texts(local: LocalDiscord) -> list[str]:
    return [each["content"] for each in local.world.channel("#general").history()]


def test_an_answer_is_the_response(serve: Serve, local: LocalDiscord) -> None:
    client = serve(lambda interaction: interaction.respond("hi"))
    assert slash(local).message(PATIENCE).content == "hi"
    assert client.counters["http.answers"] == 1
    assert client.counters["rest.auto_defers"] == 0


def test_what_follows_the_response_at_once_finds_it_there(
    serve: Serve, local: LocalDiscord
) -> None:
    def answer(interaction: Interaction) -> None:
        interaction.respond("one")
        interaction.edit_response("two")
        interaction.followup("three")

    serve(answer)
    slash(local)
    assert local.world.wait_until(lambda: texts(local) == ["three", "two"], PATIENCE)


def test_files_go_with_the_response(serve: Serve, local: LocalDiscord) -> None:
    data = bytes(range(256)) * 500

    def answer(interaction: Interaction) -> None:
        interaction.respond("look", files=[File(data, filename="a.bin")])

    serve(answer)
    (attachment,) = slash(local).message(PATIENCE).data["attachments"]
    assert (attachment["filename"], attachment["size"]) == ("a.bin", len(data))


def test_a_handler_that_takes_its_time_is_deferred_by_the_response(
    serve: Any, local: LocalDiscord
) -> None:
    gate = threading.Event()

    def answer(interaction: Interaction) -> None:
        assert gate.wait(PATIENCE)
        interaction.respond("at last")

    client = serve(answer, answer_within=0.1)
    asked = slash(local)
    assert asked.answer(PATIENCE) == 5
    gate.set()
    assert asked.message(PATIENCE).content == "at last"
    assert client.counters["rest.auto_defers"] == 1
    assert client.counters["http.answers"] == 1


def test_components_modals_and_choices_are_answered_so_too(
    serve: Serve, local: LocalDiscord, bot: Bot
) -> None:
    row = [
        {
            "type": 1,
            "components": [
                {"type": 2, "style": 1, "label": "Change", "custom_id": "change"},
                {"type": 2, "style": 1, "label": "Ask", "custom_id": "ask"},
            ],
        }
    ]
    field = {"type": 4, "custom_id": "name", "style": 1, "required": True}
    modal = {
        "custom_id": "form",
        "title": "Form",
        "components": [{"type": 18, "label": "Name", "component": field}],
    }

    def answer(interaction: Any) -> None:
        data = interaction.data
        if interaction.type == 2:
            interaction.responder.respond("choose", components=row)
        elif data.custom_id == "change":
            interaction.update("changed")
        elif data.custom_id == "ask":
            interaction.responder.modal(modal)
        else:
            interaction.respond(f"hello {data.components[0].component.value}")

    serve(answer)
    ann, general = local.world.user("ann"), local.world.channel("#general")
    message = slash(local).message(PATIENCE)
    asked = ann.click(message, "Ask")
    assert asked.modal(PATIENCE)["custom_id"] == "form"
    ann.submit_modal(asked, name="Ann")
    general.expect("hello Ann", timeout=PATIENCE)
    ann.click(message, "Change")
    assert local.world.wait_until(lambda: message.content == "changed", PATIENCE)


def _job(handle: bytes, url: str) -> None:
    with Rest.anonymous(base_url=url) as rest:
        pickle.loads(handle).open(rest).respond("from a job")


def test_a_job_in_another_process_answers(serve: Serve, local: LocalDiscord) -> None:
    """What Celery or RQ do: the handle is pickled, and a process without a token answers."""
    jobs: list[Any] = []
    context = multiprocessing.get_context("spawn")

    def answer(interaction: Interaction) -> None:
        interaction.defer()
        job = context.Process(target=_job, args=(pickle.dumps(interaction.handle), local.rest_url))
        job.start()
        jobs.append(job)

    client = serve(answer)
    assert slash(local).message(PATIENCE).content == "from a job"
    jobs[0].join(PATIENCE)
    assert jobs[0].exitcode == 0
    assert client.counters["http.answers"] == 1


def test_fifty_at_once_are_all_answered(serve: Any, local: LocalDiscord) -> None:
    gate = threading.Event()

    def answer(interaction: Interaction) -> None:
        assert gate.wait(PATIENCE)
        interaction.respond(str(interaction.id))

    serve(answer, answer_within=0.2)
    asked = [slash(local) for _ in range(50)]
    assert [each.answer(PATIENCE) for each in asked] == [5] * 50
    gate.set()
    assert [each.message(PATIENCE).content for each in asked] == [each.id for each in asked]


def test_an_address_that_checks_no_signatures_is_refused(local: LocalDiscord, bot: Bot) -> None:
    def careless(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"type": 1}']

    with wsgiref_server(careless) as url, Rest(bot.token, base_url=local.rest_url) as rest:
        with pytest.raises(BadRequest, match="wrong signature got 200"):
            rest.edit_current_application(interactions_endpoint_url=url)
        with pytest.raises(BadRequest, match="does not answer"):
            rest.edit_current_application(interactions_endpoint_url="http://127.0.0.1:9/")
        assert not rest.get_current_application().interactions_endpoint_url


def test_webhook_events_come_the_same_way(serve: Serve, local: LocalDiscord, bot: Bot) -> None:
    events: Queue[Any] = Queue()
    client = serve(lambda interaction: None)
    client.on(ApplicationAuthorized, EntitlementCreate)(events.put)
    application = client.rest.get_current_application()
    client.rest.edit_current_application(event_webhooks_url=application.interactions_endpoint_url)
    ann = local.world.user("ann")
    local.world.oauth.grant(bot.application_id, ann.id, ["identify"])
    event = events.get(timeout=PATIENCE)
    assert (event.user.username, event.scopes) == ("ann", ["identify"])
    data = {"integration_type": 0, "scopes": ["bot"], "user": local.world.users.get(ann.id)}
    assert local.endpoints.send_event(bot.application_id, "APPLICATION_AUTHORIZED", data) == 204
    assert events.get(timeout=PATIENCE).user.username == "ann"


def test_the_gateway_may_be_connected_as_well(serve: Serve, local: LocalDiscord) -> None:
    client = serve(lambda interaction: interaction.respond("hi"))
    assert slash(local).message(PATIENCE).content == "hi"
    client.connect(PATIENCE)
    assert client.is_ready
    assert slash(local).message(PATIENCE).content == "hi"
    assert client.counters["http.answers"] == 2


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_stop_leaves_nobody_thinking(serve: Any, local: LocalDiscord, by_hand: bool) -> None:
    def answer(interaction: Interaction) -> None:
        if by_hand:
            interaction.defer()

    client = serve(answer, answer_within=0.1)
    assert slash(local).answer(PATIENCE) == 5
    client.stop()
    assert texts(local) == []
    assert client.counters["client.interactions_abandoned"] == 1
