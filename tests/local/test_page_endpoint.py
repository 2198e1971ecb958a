"""A bot without a gateway on the page: its interactions are posted to it, and the inspector shows
them with what it answers."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from page_browser import ENTER, Browser

from disruption.local import LocalDiscord
from disruption.local.server import Bot

signing = pytest.importorskip("nacl.signing", reason="PyNaCl verifies what is posted")

pytestmark = pytest.mark.slow

BUTTON = {"type": 2, "style": 1, "label": "Tell me", "custom_id": "tell"}
FIELD = {"type": 4, "custom_id": "drink", "style": 1}
MODAL = {
    "custom_id": "form",
    "title": "Your drink",
    "components": [{"type": 18, "label": "Drink", "component": FIELD}],
}


def answer(interaction: dict[str, Any]) -> dict[str, Any]:
    """Return what the bot says to an interaction."""
    kind, data = interaction["type"], interaction.get("data", {})
    if kind == 1:
        return {"type": 1}
    if kind == 4:
        return {"type": 8, "data": {"choices": [{"name": "Green tea", "value": "green"}]}}
    if kind == 3:
        return {"type": 9, "data": MODAL}
    if kind == 5:
        drink = data["components"][0]["component"]["value"]
        return {"type": 4, "data": {"content": f"{drink}, for you alone", "flags": 64}}
    if data["name"] == "wrong":
        return {"type": 4, "data": {"content": "x" * 2001}}
    row = {"type": 1, "components": [BUTTON]}
    kind = data["options"][0]["value"]
    return {"type": 4, "data": {"content": f"Here is {kind} tea", "components": [row]}}


class Posted(http.server.BaseHTTPRequestHandler):
    """Takes what is posted to the bot; `key` is its public one."""

    key = ""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = self.headers["X-Signature-Timestamp"].encode() + body
        try:
            signature = bytes.fromhex(self.headers["X-Signature-Ed25519"])
            signing.VerifyKey(bytes.fromhex(self.key)).verify(signed, signature)
        except Exception:
            self.send_error(401)
            return
        content = json.dumps(answer(json.loads(body))).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord(rate_limits=False) as running:
        running.world.user("ann")
        yield running


@pytest.fixture
def bot(discord: LocalDiscord) -> Bot:
    made = discord.add_bot("teapot")
    kind = {"type": 3, "name": "kind", "description": "Which", "required": True}
    tea = {"name": "tea", "description": "Make tea", "options": [{**kind, "autocomplete": True}]}
    for command in (tea, {"name": "wrong", "description": "Answer too much"}):
        discord.world.commands.create(made.application_id, command)
    return made


@pytest.fixture
def address(discord: LocalDiscord, bot: Bot) -> Iterator[str]:
    key = discord.world.applications.get(bot.application_id)["verify_key"]
    handler = type("Handler", (Posted,), {"key": key})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="endpoint")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/bot"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def give_address(browser: Browser, address: str) -> None:
    """Type a bot's address into its settings."""
    browser.click(".member", "teapot")
    browser.click(".popup button", "Token, picture, endpoint")
    browser.type(address, "dialog input[type=url]")
    browser.click("dialog .actions .primary", "Save")


def test_an_address_that_does_not_answer_is_refused(
    browser: Browser, discord: LocalDiscord, bot: Bot
) -> None:
    give_address(browser, f"{discord.rest_url}/nothing")
    browser.find("dialog .error", "could not be verified")
    application = discord.world.applications.get(bot.application_id)
    assert application["interactions_endpoint_url"] is None


def test_a_conversation_with_a_bot_that_has_no_gateway(
    browser: Browser, discord: LocalDiscord, bot: Bot, address: str
) -> None:
    give_address(browser, address)
    browser.gone("dialog")
    application = discord.world.applications.get(bot.application_id)
    assert application["interactions_endpoint_url"] == address
    browser.click("[aria-label^=Inspector]")
    browser.find(".record-line", f"PING → {address}")

    browser.command("tea")
    browser.find(".slot-box .suggest li", "Green tea")
    browser.press(ENTER)  # takes the suggestion
    browser.until(
        lambda: browser.run("return document.querySelector('.slot-input')?.value") == "Green tea",
        "the choice",
    )
    browser.press(ENTER)
    browser.sees("Here is green tea")
    browser.click("#timeline .button", "Tell me")
    browser.find("dialog.modal", "Your drink")
    browser.type("Oolong", "dialog .field")
    browser.click("dialog .actions .primary")
    browser.sees("Oolong, for you alone")
    browser.find(".only-you", "Only you can see this")

    for name in ("AUTOCOMPLETE tea", "COMMAND tea", "COMPONENT tell", "MODAL form"):
        browser.find(".record-line", f"{name} → {address}")
    lines = [item.text for item in browser.all(".record-line")]
    assert not [line for line in lines if "/interactions/" in line]
    browser.click(".record-line", "COMMAND tea")
    browser.find(".record-body", "Here is green tea")
    browser.find(".record-body", '"name": "kind"')
    browser.click(".check", "Endpoints")
    browser.until(lambda: address not in browser.text(".records"), "the filter")


def test_an_answer_that_is_refused_is_shown_with_the_reason(
    browser: Browser, discord: LocalDiscord, bot: Bot, address: str
) -> None:
    discord.world.applications.update(bot.application_id, {"interactions_endpoint_url": address})
    browser.click("[aria-label^=Inspector]")
    browser.command("wrong")
    browser.press(ENTER)
    browser.find(".record-line", "COMMAND wrong")
    browser.find(".record-line .status.warn", "400")
    browser.click(".record-line", "/interactions/")
    browser.find(".record-body", "Must be 2000 or fewer in length")
