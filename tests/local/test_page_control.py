"""The page's own endpoints: who may use them, and what they do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from disruption.local import LocalDiscord
from disruption.local.rest.control import KEY_HEADER
from disruption.local.world import Event


class Page:
    """Asks as the page does."""

    def __init__(self, discord: LocalDiscord) -> None:
        self.discord = discord
        self.base = discord.rest_url.removesuffix("/api/v10") + "/local"

    def ask(
        self, method: str, path: str, body: Any = None, *, token: str = "", **headers: str
    ) -> requests.Response:
        sent = {KEY_HEADER: self.discord.page_secret, **headers}
        if token:
            sent["Authorization"] = token
        return requests.request(method, self.base + path, json=body, headers=sent, timeout=30)

    def ok(self, method: str, path: str, body: Any = None, *, token: str = "") -> Any:
        answer = self.ask(method, path, body, token=token)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord() as running:
        yield running


@pytest.fixture
def page(discord: LocalDiscord) -> Page:
    return Page(discord)


@pytest.fixture
def ann(discord: LocalDiscord) -> str:
    return discord.world.user("ann").token


def general(discord: LocalDiscord) -> str:
    return discord.world.channels.find("general") or ""


def register(discord: LocalDiscord, *commands: dict[str, Any]) -> str:
    bot = discord.add_bot("helper")
    for command in commands:
        discord.world.commands.create(bot.application_id, {"description": "It", **command})
    return bot.application_id


def answering(discord: LocalDiscord, kind: int, data: dict[str, Any]) -> threading.Event:
    """Let the bot answer each interaction so; the event is set when one has come."""
    came = threading.Event()

    def hear(event: Event) -> None:
        if event.name == "INTERACTION_CREATE":
            made = event.data
            discord.world.interactions.respond(made["id"], made["token"], kind, dict(data))
            discord.world.interactions.settle(made["id"])
            came.set()

    discord.world.subscribe(hear)
    return came


ENDPOINTS = [
    ("GET", "/start"),
    ("POST", "/people"),
    ("POST", "/bots"),
    ("POST", "/guilds"),
    ("POST", "/clock"),
    ("POST", "/locale"),
    ("GET", "/direct"),
    ("GET", "/commands"),
    ("POST", "/interactions"),
    ("POST", "/votes"),
    ("POST", "/uploads"),
    ("GET", "/traffic"),
    ("GET", "/state"),
    ("POST", "/faults"),
    ("DELETE", "/faults"),
    ("DELETE", "/faults/1"),
]


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_every_endpoint_demands_the_secret(page: Page, method: str, path: str) -> None:
    for key in ("", "wrong", "ü".encode().decode("latin-1")):
        assert page.ask(method, path, {}, **{KEY_HEADER: key}).status_code == 401
    assert page.discord.world.users.find("x") is None


def test_foreign_origins_are_refused_even_with_the_secret(page: Page) -> None:
    assert page.ask("GET", "/start", Origin="http://evil.example").status_code == 403
    assert page.ask("GET", "/start", Host="evil.example").status_code == 403
    assert page.ask("GET", "/start", Origin="http://127.0.0.1:1").status_code == 200


def test_start_tells_whom_one_can_play(page: Page, ann: str) -> None:
    bot = page.discord.add_bot("helper")
    start = page.ok("GET", "/start")
    people = {person["user"]["username"]: person["token"] for person in start["people"]}
    assert set(people) == {"admin", "ann"}
    assert people["ann"] == ann
    assert [user["username"] for user in start["bots"]] == ["helper"]
    assert bot.token not in str(start)
    assert start["now"].startswith("20")
    assert start["permissions"]["KICK_MEMBERS"] == "2"
    assert start["audit_actions"]["20"] == "MEMBER_KICK"
    assert start["faults"]["drop"]["at"] == "event"
    assert start["faults"]["rate_limit"]["at"] == "request"


def test_a_new_person_joins_and_can_log_in(page: Page) -> None:
    made = page.ok("POST", "/people", {"name": "cleo"})
    guild = page.discord.world.guilds.find("Home") or ""
    assert made["user"]["id"] in page.discord.world.guilds.state(guild).members
    answer = requests.get(
        f"{page.discord.rest_url}/users/@me", headers={"Authorization": made["token"]}, timeout=10
    )
    assert answer.json()["username"] == "cleo"


@pytest.mark.parametrize("name", ["", " ", "x" * 33, "admin"])
def test_a_bad_name_is_refused_with_a_reason(page: Page, name: str) -> None:
    answer = page.ask("POST", "/people", {"name": name})
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_a_body_that_is_no_object_is_refused(page: Page) -> None:
    assert page.ask("POST", "/people", ["cleo"]).status_code == 400


def test_a_new_bot_gets_a_token_and_joins(page: Page) -> None:
    made = page.ok("POST", "/bots", {"name": "fresh"})
    account = page.discord.world.authenticate(made["token"])
    assert account is not None
    assert account.user_id == made["user"]["id"]


def test_a_new_guild_is_its_makers_and_has_a_channel(page: Page, ann: str) -> None:
    page.discord.add_bot("helper")
    made = page.ok("POST", "/guilds", {"name": "Club"}, token=ann)
    guild = page.discord.world.guilds.get(made["id"])
    assert guild["owner_id"] == page.discord.world.users.find("ann")
    assert page.discord.world.channels.get(made["channel_id"])["name"] == "general"
    assert len(page.discord.world.guilds.state(made["id"]).members) == 2


def test_acting_needs_a_persons_token(page: Page) -> None:
    bot = page.discord.add_bot("helper")
    assert page.ask("GET", "/direct").status_code == 401
    assert page.ask("GET", "/direct", token=f"Bot {bot.token}").status_code == 401


def test_commands_are_those_one_may_use(page: Page, ann: str) -> None:
    register(
        page.discord,
        {"name": "roll"},
        {"name": "purge", "default_member_permissions": "8"},
        {"name": "Translate", "type": 3, "description": ""},
    )
    found = page.ok("GET", f"/commands?channel_id={general(page.discord)}", token=ann)
    assert {command["name"] for command in found["commands"]} == {"roll", "Translate"}
    assert [user["username"] for user in found["applications"]] == ["helper"]


def test_a_command_reaches_the_bot_with_its_options(page: Page, ann: str) -> None:
    options = [
        {"type": 4, "name": "sides", "description": "d", "required": True},
        {"type": 6, "name": "who", "description": "d"},
    ]
    application_id = register(page.discord, {"name": "roll", "options": options})
    seen: list[dict[str, Any]] = []
    page.discord.world.subscribe(
        lambda event: seen.append(event.data) if event.name == "INTERACTION_CREATE" else None
    )
    answering(page.discord, 4, {"content": "Four"})
    admin = page.discord.world.users.find("admin")
    answer = page.ok(
        "POST",
        "/interactions",
        {
            "type": 2,
            "channel_id": general(page.discord),
            "application_id": application_id,
            "data": {"name": "roll", "type": 1, "path": [], "values": {"sides": 6, "who": admin}},
        },
        token=ann,
    )
    assert answer["answer"] == 4
    data = seen[0]["data"]
    assert [option["value"] for option in data["options"]] == [6, admin]
    assert set(data["resolved"]["users"]) == {admin}
    message = page.discord.world.messages.get(general(page.discord), answer["message_id"])
    assert message["content"] == "Four"


def test_a_bad_option_is_refused_before_the_bot_hears_of_it(page: Page, ann: str) -> None:
    options = [{"type": 4, "name": "sides", "description": "d", "max_value": 10}]
    application_id = register(page.discord, {"name": "roll", "options": options})
    answer = page.ask(
        "POST",
        "/interactions",
        {
            "type": 2,
            "channel_id": general(page.discord),
            "application_id": application_id,
            "data": {"name": "roll", "values": {"sides": 11}},
        },
        token=ann,
    )
    assert answer.status_code == 400
    assert "sides" in answer.json()["message"]


def test_a_file_reaches_the_bot_with_an_option(page: Page, ann: str) -> None:
    options = [{"type": 11, "name": "picture", "description": "d", "required": True}]
    application_id = register(page.discord, {"name": "frame", "options": options})
    channel_id = general(page.discord)
    seen: list[dict[str, Any]] = []
    page.discord.world.subscribe(
        lambda event: seen.append(event.data) if event.name == "INTERACTION_CREATE" else None
    )
    answering(page.discord, 4, {"content": "Nice"})
    kept = requests.post(
        f"{page.base}/uploads?channel_id={channel_id}",
        files={"files[0]": ("note.txt", b"hello", "text/plain")},
        headers={KEY_HEADER: page.discord.page_secret, "Authorization": ann},
        timeout=10,
    ).json()
    body = {
        "type": 2,
        "channel_id": channel_id,
        "application_id": application_id,
        "data": {"name": "frame", "values": {"picture": {"attachment": kept["id"]}}},
    }
    assert page.ok("POST", "/interactions", body, token=ann)["answer"] == 4
    data = seen[0]["data"]
    assert data["options"][0]["value"] == kept["id"]
    sent = data["resolved"]["attachments"][kept["id"]]
    assert (sent["filename"], sent["size"]) == ("note.txt", 5)
    assert requests.get(sent["url"], timeout=10).content == b"hello"
    body["data"] = {"name": "frame", "values": {"picture": {"attachment": "1"}}}
    assert page.ask("POST", "/interactions", body, token=ann).status_code == 400


def test_autocomplete_returns_the_bots_choices(page: Page, ann: str) -> None:
    options = [{"type": 3, "name": "kind", "description": "d", "autocomplete": True}]
    application_id = register(page.discord, {"name": "fruit", "options": options})
    answering(page.discord, 8, {"choices": [{"name": "Apple", "value": "apple"}]})
    answer = page.ok(
        "POST",
        "/interactions",
        {
            "type": 4,
            "channel_id": general(page.discord),
            "application_id": application_id,
            "data": {"name": "fruit", "values": {"kind": "ap"}, "focused": "kind"},
        },
        token=ann,
    )
    assert answer["data"]["choices"] == [{"name": "Apple", "value": "apple"}]


def send_buttons(discord: LocalDiscord, application_id: str) -> str:
    buttons = [
        {"type": 2, "style": 1, "label": "Yes", "custom_id": "yes"},
        {"type": 2, "style": 1, "label": "No", "custom_id": "no", "disabled": True},
    ]
    rows = [{"type": 1, "components": buttons}]
    sent = discord.world.messages.create(
        general(discord),
        application_id,
        "Well?",
        components=rows,
        application_id=application_id,
    )
    return str(sent["id"])


def test_a_button_opens_a_modal_which_can_be_sent_once_it_was_shown(page: Page, ann: str) -> None:
    application_id = register(page.discord)
    message_id = send_buttons(page.discord, application_id)
    channel_id = general(page.discord)
    field = {"type": 4, "id": 2, "custom_id": "name", "style": 1, "label": "Name"}
    modal = {
        "custom_id": "form",
        "title": "Form",
        "components": [{"type": 1, "id": 1, "components": [field]}],
    }
    world = page.discord.world
    seen: list[dict[str, Any]] = []

    def hear(event: Event) -> None:
        if event.name != "INTERACTION_CREATE":
            return
        made = event.data
        seen.append(made)
        kind, data = (9, modal) if made["type"] == 3 else (4, {"content": "Thanks"})
        world.interactions.respond(made["id"], made["token"], kind, data)
        world.interactions.settle(made["id"])

    world.subscribe(hear)
    press = {
        "type": 3,
        "channel_id": channel_id,
        "message_id": message_id,
        "data": {"custom_id": "yes"},
    }
    shown = page.ok("POST", "/interactions", press, token=ann)
    assert (shown["answer"], shown["data"]["title"]) == (9, "Form")
    filled = [{"type": 1, "id": 1, "components": [{**field, "value": "Ann"}]}]
    submit = {
        "type": 5,
        "channel_id": channel_id,
        "interaction_id": shown["id"],
        "data": {"components": filled},
    }
    assert page.ok("POST", "/interactions", submit, token=ann)["answer"] == 4
    assert seen[1]["data"]["custom_id"] == "form"
    assert seen[1]["data"]["components"][0]["components"][0]["value"] == "Ann"
    other = page.discord.world.user("bob").token
    assert page.ask("POST", "/interactions", submit, token=other).status_code == 400


def test_a_disabled_button_cannot_be_pressed(page: Page, ann: str) -> None:
    message_id = send_buttons(page.discord, register(page.discord))
    body = {
        "type": 3,
        "channel_id": general(page.discord),
        "message_id": message_id,
        "data": {"custom_id": "no"},
    }
    assert page.ask("POST", "/interactions", body, token=ann).status_code == 400


@pytest.mark.slow
def test_a_bot_that_says_nothing_is_waited_for_three_seconds(page: Page, ann: str) -> None:
    application_id = register(page.discord, {"name": "roll"})
    body = {
        "type": 2,
        "channel_id": general(page.discord),
        "application_id": application_id,
        "data": {"name": "roll"},
    }
    assert page.ok("POST", "/interactions", body, token=ann)["answer"] is None


def test_votes_are_counted(page: Page, ann: str) -> None:
    poll = {"question": {"text": "Tea?"}, "answers": [{"poll_media": {"text": "Yes"}}]}
    world, channel_id = page.discord.world, general(page.discord)
    message_id = requests.post(
        f"{page.discord.rest_url}/channels/{channel_id}/messages",
        json={"poll": {**poll, "duration": 1}},
        headers={"Authorization": ann},
        timeout=10,
    ).json()["id"]
    body = {"channel_id": channel_id, "message_id": message_id, "answers": [1]}
    page.ok("POST", "/votes", body, token=ann)
    counts = world.messages.get(channel_id, message_id)["poll"]["results"]["answer_counts"]
    assert counts[0]["count"] == 1


def test_direct_messages_are_listed(page: Page, ann: str) -> None:
    world = page.discord.world
    world.user("ann").dm("admin", "hello")
    (channel,) = page.ok("GET", "/direct", token=ann)
    assert channel["recipients"][0]["username"] == "admin"


def test_the_clock_moves(page: Page) -> None:
    before = page.discord.clock.now()
    page.ok("POST", "/clock", {"seconds": 3600})
    assert page.discord.clock.now() - before >= 3600
    assert page.ask("POST", "/clock", {"seconds": -1}).status_code == 400


def test_bots_are_told_the_language_of_a_person(page: Page, ann: str) -> None:
    register(page.discord, {"name": "roll"})
    told: list[str] = []

    def hear(event: Event) -> None:
        if event.name == "INTERACTION_CREATE":
            told.append(event.data["locale"])
            made = event.data
            page.discord.world.interactions.respond(made["id"], made["token"], 4, {"content": "6"})
            page.discord.world.interactions.settle(made["id"])

    page.discord.world.subscribe(hear)
    page.ok("POST", "/locale", {"locale": "pt-BR"}, token=ann)
    body = {
        "type": 2,
        "channel_id": general(page.discord),
        "application_id": page.discord.world.users.find("helper"),
        "data": {"name": "roll"},
    }
    page.ok("POST", "/interactions", body, token=ann)
    assert told == ["pt-BR"]
    answer = page.ask("POST", "/locale", {"locale": "<b>"}, token=ann)
    assert (answer.status_code, answer.json()["message"]) == (
        400,
        "A locale looks like de or en-GB",
    )


def test_faults_are_switched_on_and_off(page: Page) -> None:
    faults = page.discord.faults
    made = page.ok(
        "POST", "/faults", {"kind": "server_error", "times": None, "params": {"status": 500}}
    )
    (rule,) = faults.rules()
    assert (rule.kind, rule.left, rule.params) == ("server_error", None, {"status": 500})
    (shown,) = page.ok("GET", "/state")["faults"]
    assert shown["key"] == made["key"]
    page.ok("DELETE", f"/faults/{made['key']}")
    assert faults.rules() == []
    page.ok("POST", "/faults", {"kind": "html", "status": 503, "every": 2})
    (rule,) = faults.rules()
    assert (rule.every, rule.params) == (2, {"status": 503})
    page.ok("DELETE", "/faults")
    assert faults.rules() == []


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "nonsense"},
        {"kind": "drop", "every": 0},
        {"kind": "drop", "what": 1},
        {"kind": "drop", "params": {"times": 3}},
        {"kind": "html", "now": True},
        {"kind": "drop", "every": "x"},
        {"kind": "drop", "times": True},
        {"kind": "drop", "now": True, "times": 2},
        {"kind": "html", "route": "("},
        {"kind": "close", "code": "4000"},
        {"kind": "close", "code": 1},
        {"kind": "html", "status": 999},
    ],
)
def test_a_fault_that_cannot_be_is_refused(page: Page, body: dict[str, Any]) -> None:
    assert page.ask("POST", "/faults", body).status_code == 400
    assert page.discord.faults.rules() == []


def test_faults_reach_the_api_and_not_the_page(page: Page, ann: str) -> None:
    page.ok("POST", "/faults", {"kind": "server_error", "times": None})
    answer = requests.get(
        f"{page.discord.rest_url}/users/@me", headers={"Authorization": ann}, timeout=10
    )
    assert answer.status_code == 502
    assert page.ask("GET", "/start").status_code == 200
