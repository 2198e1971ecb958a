"""A whole conversation on the page, played in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from page_browser import ENTER, UP, Browser

from disruption.local import LocalDiscord
from disruption.local.world import Event

pytestmark = pytest.mark.slow

_COMMANDS: list[dict[str, Any]] = [
    {
        "name": "roll",
        "description": "Roll a die",
        "options": [
            {"type": 4, "name": "sides", "description": "Sides", "required": True, "max_value": 99}
        ],
    },
    {
        "name": "fruit",
        "description": "Choose one",
        "options": [
            {
                "type": 3,
                "name": "kind",
                "description": "Which",
                "required": True,
                "autocomplete": True,
            }
        ],
    },
    {"name": "secret", "description": "For you alone"},
    {"name": "slow", "description": "Take a while"},
    {"name": "Shout", "type": 3, "description": ""},
]

_FORM = {
    "custom_id": "form",
    "title": "Tell me more",
    "components": [
        {
            "type": 18,
            "id": 1,
            "label": "Your name",
            "component": {"type": 4, "id": 2, "custom_id": "name", "style": 1},
        }
    ],
}


class PlainBot:
    """A bot without a client: it hears the world and answers in it."""

    def __init__(self, discord: LocalDiscord) -> None:
        self.world = discord.world
        self.id = discord.add_bot("helper").application_id
        self.deferred: list[dict[str, Any]] = []
        for command in _COMMANDS:
            self.world.commands.create(self.id, command)
        self.world.subscribe(self.hear)

    def hear(self, event: Event) -> None:
        data = event.data
        if event.name == "INTERACTION_CREATE":
            kind, answer = self.answer(data["type"], data["data"])
            self.world.interactions.respond(data["id"], data["token"], kind, answer)
            self.world.interactions.settle(data["id"])
            if kind == 5:
                self.deferred.append(data)
        elif event.name == "MESSAGE_CREATE" and data["content"] == "!ping":
            reference = {"message_id": data["id"], "channel_id": data["channel_id"]}
            self.world.messages.create(data["channel_id"], self.id, "Pong!", reference=reference)
        elif event.name == "MESSAGE_CREATE" and data["content"] == "!parts":
            self.send_parts(data["channel_id"])

    def answer(self, kind: int, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        name = data.get("name") or data.get("custom_id")
        if kind == 4:
            return 8, {"choices": [{"name": "Green apple", "value": "apple"}]}
        if kind == 5:
            value = data["components"][0]["component"]["value"]
            return 4, {"content": f"Hello {value}"}
        if name == "form":
            return 9, _FORM
        if name == "menu":
            return 7, {"content": f"You chose {data['values'][0]}", "components": []}
        if name == "secret":
            return 4, {"content": "Only for you", "flags": 64}
        if name == "slow":
            return 5, {}
        if name == "Shout":
            (target,) = data["resolved"]["messages"].values()
            return 4, {"content": target["content"].upper()}
        return 4, {"content": f"{name} {data['options'][0]['value']}"}

    def send_parts(self, channel_id: str) -> None:
        button = {"type": 2, "style": 1, "label": "Fill in", "custom_id": "form"}
        options = [{"label": "Red one", "value": "red"}, {"label": "Blue one", "value": "blue"}]
        menu = {"type": 3, "custom_id": "menu", "placeholder": "Colour", "options": options}
        self.world.messages.create(
            channel_id,
            self.id,
            "Parts",
            embeds=[{"title": "A card", "description": "**bold**", "fields": []}],
            components=[
                {"type": 1, "components": [button]},
                {"type": 1, "components": [menu]},
            ],
            application_id=self.id,
        )

    def finish(self) -> None:
        """Complete what was deferred."""
        for data in self.deferred:
            self.world.interactions.edit_original(self.id, data["token"], {"content": "At last"})


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord(rate_limits=False) as running:
        running.world.user("ann")
        yield running


@pytest.fixture(autouse=True)
def bot(discord: LocalDiscord) -> PlainBot:
    return PlainBot(discord)


def test_a_conversation(browser: Browser, bot: PlainBot) -> None:
    assert "key=" not in browser.run("return location.href")
    browser.say("!ping")
    browser.sees("Pong!")
    browser.find(".message.mentions-me .reference", "!ping")

    browser.say("**bold** `code` <b>tag</b> ||hidden||")
    browser.find("#timeline strong", "bold")
    browser.sees("<b>tag</b>")
    assert browser.all("#timeline b") == []

    browser.command("roll")
    browser.type("6" + ENTER, ".slot-input")
    browser.sees("roll 6")
    browser.find(".reference .mention", "/roll")

    browser.command("fruit")
    browser.type("ap", ".slot-input")
    browser.find(".slot-box .suggest li", "Green apple")
    browser.type(ENTER, ".slot-input")
    browser.type(ENTER, ".slot-input")
    browser.sees("fruit apple")

    browser.command("secret")
    browser.type(ENTER, ".command-form .send")
    browser.find(".message.ephemeral", "Only for you")
    browser.click("[data-dismiss]")
    browser.until(lambda: "Only for you" not in browser.text("#timeline"), "the dismissal")

    browser.command("slow")
    browser.type(ENTER, ".command-form .send")
    browser.find(".thinking", "helper is thinking")
    bot.finish()
    browser.sees("At last")


def test_components_and_modals(browser: Browser) -> None:
    browser.say("!parts")
    browser.find(".embed-title", "A card")
    browser.find(".embed strong", "bold")
    browser.click(".button", "Fill in")
    browser.find("dialog.modal", "Tell me more")
    browser.click("dialog.modal .button", "Submit")
    browser.find("dialog.modal .error", "Your name has to be filled in.")
    browser.type("Ann" + ENTER, "dialog.modal input")
    browser.sees("Hello Ann")
    browser.until(lambda: not browser.all("dialog"), "the modal's end")
    browser.click(".menu")
    browser.click(".menu-list li", "Blue one")
    browser.sees("You chose blue")


def test_messages_are_edited_reacted_to_answered_and_deleted(browser: Browser) -> None:
    browser.say("first words")
    browser.sees("first words")
    browser.type(UP)
    browser.find(".composer-bar", "Editing")
    browser.type(" and more" + ENTER)
    browser.sees("first words and more(edited)")

    browser.menu_of(0)
    browser.click(".popup .quick button", "👍")
    browser.find(".reaction.mine", "👍1")
    browser.click(".reaction.mine")
    browser.until(lambda: not browser.all(".reaction.mine"), "the reaction's end")

    browser.point_at(0)
    browser.click(".tools [aria-label=Reply]")
    browser.say("an answer")
    browser.find(".reference .snippet", "first words and more")

    browser.menu_of(0)
    browser.click(".popup button", "Shout")
    browser.sees("FIRST WORDS AND MORE")

    browser.menu_of(0)
    browser.click(".popup button", "Delete")
    browser.until(
        lambda: browser.run("return document.querySelectorAll('.message').length") == 2,
        "the deletion",
    )


def test_other_people_can_be_played(browser: Browser, discord: LocalDiscord) -> None:
    ann = discord.world.users.find("ann")
    discord.world.user("admin").say("#general", f"welcome <@{ann}>")
    browser.sees("welcome @ann")
    browser.click(".me")
    browser.click(".popup button", "Add a person")
    browser.type("cleo" + ENTER, "dialog input")
    browser.sees("cleo", "#self")
    browser.find(".member", "cleo")
    browser.sees("welcome @ann")
    browser.say("hello from cleo")
    browser.sees("hello from cleo")
    author = discord.world.messages.list(discord.world.channels.find("general") or "", limit=1)
    assert author[0]["author"]["username"] == "cleo"
    discord.world.user("ann").type("#general")
    browser.sees("ann is typing…", "#typing")


def test_the_inspector_shows_traffic_and_switches_faults(
    browser: Browser, discord: LocalDiscord
) -> None:
    browser.click("[aria-label^=Inspector]")
    browser.find(".inspector [role=tab]", "Traffic")
    browser.click(".check", "People")
    browser.say("look here")
    browser.type("look here", ".filters [type=search]")
    browser.click(".record-line", "POST /channels/")
    browser.find(".record-body pre", "look here")
    browser.click("[role=tab]", "Sessions")
    browser.find(".tile", "ann")
    browser.click("[role=tab]", "Faults")
    browser.click(".inspector form .button.primary", "Switch on")
    browser.find(".rules .tile", "rate_limit")
    assert [rule.kind for rule in discord.faults.rules()] == ["rate_limit"]
    browser.click(".rules-head .linklike", "Clear all")
    browser.until(lambda: not discord.faults.rules(), "the end of the faults")
    browser.click("[aria-label='Close the inspector']")


def test_the_page_comes_back_after_a_cut(browser: Browser, discord: LocalDiscord) -> None:
    browser.until(lambda: discord.gateway.hub.links(), "a session")
    discord.faults.now("drop")
    discord.world.user("admin").say("#general", "said in between")
    browser.sees("said in between")


def test_a_long_channel_is_paged(browser: Browser, discord: LocalDiscord) -> None:
    world = discord.world
    guild = world.guilds.find("Home") or ""
    with world.lock:
        long = world.channels.create(guild, "long")["id"]
        for number in range(1000):
            world.messages.create(long, world.users.find("admin") or "", f"number {number}.")
    browser.click(".channel", "long")
    browser.sees("number 999.")
    assert browser.run("return document.querySelectorAll('.message').length") < 200
    up = "document.getElementById('scroller').scrollTop = 0"

    def climbed() -> bool:
        browser.run(up)
        return "number 700." in browser.text("#timeline")

    browser.until(climbed, "older messages")
    assert browser.run("return document.querySelectorAll('.message').length") < 200
    browser.click("#to-present")
    browser.sees("number 999.")


def test_what_others_write_is_never_taken_for_html(browser: Browser, discord: LocalDiscord) -> None:
    nasty = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    world = discord.world
    guild = world.guilds.find("Home") or ""
    with world.lock:
        mallory = world.users.create(nasty[:32], global_name=nasty)["id"]
        world.members.add(guild, mallory, nick=nasty)
        world.roles.create(guild, name=nasty)
        world.messages.create(
            world.channels.find("general") or "",
            mallory,
            f'{nasty} [a](javascript:alert(1)) [b](https://x.example/"onclick=")',
            embeds=[{"title": nasty, "description": nasty, "url": "javascript:alert(1)"}],
        )
    browser.sees("<script>document.title")
    assert browser.all("#app script, #app img[src=x], #app [onerror], #app [onclick]") == []
    assert (
        browser.run("return [...document.links].filter(a => !/^https?:/.test(a.href)).length") == 0
    )
    assert "owned" not in browser.driver.title


def test_a_wrong_key_is_told(chromium: Any, discord: LocalDiscord) -> None:
    chromium.get("about:blank")
    chromium.get(discord.page_url.partition("#")[0] + "#key=wrong")
    page = Browser(chromium)
    page.find(".refused", "address")
    page.driver.get_log("browser")
