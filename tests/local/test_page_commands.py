"""Commands, components and modals on the page: every kind of option, menu and field."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from page_browser import ENTER, Browser

from disruption.local import LocalDiscord
from disruption.local.world import Event

pytestmark = pytest.mark.slow

Answer = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]


class QuietBot:
    """A bot without a client that keeps what it was asked and answers as it is told."""

    def __init__(self, discord: LocalDiscord) -> None:
        self.world = discord.world
        self.id = discord.add_bot("helper").application_id
        self.asked: list[dict[str, Any]] = []
        self.came = threading.Condition()
        self.answer: Answer = lambda data: (4, {"content": "done"})
        self.world.subscribe(self.hear)

    def hear(self, event: Event) -> None:
        if event.name != "INTERACTION_CREATE":
            return
        made = event.data
        kind, data = self.answer(made)
        self.world.interactions.respond(made["id"], made["token"], kind, data)
        self.world.interactions.settle(made["id"])
        with self.came:
            self.asked.append(made)
            self.came.notify_all()

    def wait(self, count: int = 1) -> dict[str, Any]:
        """Return the interaction that was the `count`-th."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.asked) >= count, timeout=30)
            return self.asked[count - 1]

    def send(self, components: list[dict[str, Any]], flags: int = 0) -> None:
        general = self.world.channels.find("general") or ""
        self.world.messages.create(
            general, self.id, components=components, application_id=self.id, flags=flags
        )


@pytest.fixture
def bot(discord: LocalDiscord) -> QuietBot:
    return QuietBot(discord)


def options_of(*kinds: tuple[int, str], **more: Any) -> list[dict[str, Any]]:
    return [{"type": kind, "name": name, "description": name, **more} for kind, name in kinds]


def test_every_kind_of_option_is_filled_in(
    browser: Browser, discord: LocalDiscord, bot: QuietBot
) -> None:
    world = discord.world
    home = world.guilds.find("Home") or ""
    role = world.roles.create(home, name="crew")["id"]
    world.channels.create(home, "lounge", 2)
    office = world.channels.create(home, "office")["id"]
    choices = [{"name": "Red", "value": "r"}, {"name": "Blue", "value": "b"}]
    options = [
        {"type": 3, "name": "text", "description": "t", "required": True, "min_length": 3},
        {"type": 4, "name": "number", "description": "n", "max_value": 9},
        *options_of((5, "flag"), (6, "who"), (8, "role"), (9, "both"), (11, "file")),
        {"type": 7, "name": "place", "description": "p", "channel_types": [0]},
        {"type": 3, "name": "colour", "description": "c", "choices": choices},
    ]
    world.commands.create(bot.id, {"name": "all", "description": "All", "options": options})

    browser.command("all")
    for name in ("number", "flag", "who", "role", "both", "place", "colour"):
        browser.click(".chip", f"+ {name}")

    def fill(name: str, text: str) -> None:
        browser.type(text, f".slot[data-option={name}] .slot-input")

    def choose(name: str, text: str, label: str) -> None:
        fill(name, text)
        browser.find(f".slot[data-option={name}] .suggest li", label)
        fill(name, ENTER)

    choose("flag", "t", "True")
    choose("who", "bo", "bob")
    choose("role", "cr", "@crew")
    choose("both", "cre", "@crew")
    choose("colour", "bl", "Blue")
    fill("place", "lounge")
    fill("text", "ab")
    fill("number", "12" + ENTER)
    browser.find(".command-form .error", "text: at least 3 characters")
    fill("text", "c" + ENTER)
    browser.find(".command-form .error", "number: at most 9")
    fill("number", "\ue003\ue003" + "7" + ENTER)
    browser.find(".command-form .error", "place: choose one of the list")
    fill("place", "\ue003" * 6)
    choose("place", "off", "office")
    fill("text", ENTER)
    browser.sees("done")

    data = bot.wait()["data"]
    given = {option["name"]: option["value"] for option in data["options"]}
    bob = world.users.find("bob")
    assert given == {
        "text": "abc",
        "number": 7,
        "flag": True,
        "who": bob,
        "role": role,
        "both": role,
        "place": office,
        "colour": "b",
    }
    assert set(data["resolved"]["roles"]) == {role}


def test_subcommands_are_found_by_their_whole_name(
    browser: Browser, discord: LocalDiscord, bot: QuietBot
) -> None:
    inner = [{"type": 1, "name": "on", "description": "Begin"}]
    group = {"type": 2, "name": "log", "description": "Log", "options": inner}
    bot.world.commands.create(bot.id, {"name": "set", "description": "Set", "options": [group]})
    browser.command("set log on")
    browser.type(ENTER, ".command-form .send")
    browser.find(".reference .mention", "/set log on")
    assert bot.wait()["data"]["options"][0]["options"][0]["name"] == "on"


def test_a_command_typed_faster_than_its_list_is_not_said_aloud(
    browser: Browser, bot: QuietBot
) -> None:
    bot.world.commands.create(bot.id, {"name": "quick", "description": "Quick"})
    browser.type("/quick" + ENTER)
    browser.find(".command-name", "/quick")
    browser.type(ENTER, ".command-form .send")
    browser.sees("done")


def test_a_command_is_offered_as_it_is_now_however_it_was_typed(
    browser: Browser, bot: QuietBot
) -> None:
    paste = (
        "const input = document.getElementById('input'); input.value = arguments[0];"
        "input.dispatchEvent(new Event('input'))"
    )
    made = {"name": "quick", "description": "As it was"}
    bot.world.commands.create(bot.id, made)
    browser.run(paste, "/quick")
    browser.find(".composer .suggest li", "As it was")
    browser.run(paste, "")
    bot.world.commands.create(bot.id, {**made, "description": "As it is"})
    browser.run(paste, "/quick")
    browser.find(".composer .suggest li", "As it is")


def test_users_and_messages_have_commands_of_bots_in_their_menus(
    browser: Browser, bot: QuietBot
) -> None:
    for name, kind in (("Greet", 2), ("Quote", 3)):
        bot.world.commands.create(bot.id, {"name": name, "type": kind, "description": ""})
    browser.click(".member", "bob")
    browser.click(".popup button", "Greet")
    bob = bot.world.users.find("bob")
    assert bot.wait()["data"]["target_id"] == bob
    browser.say("to be quoted")
    browser.sees("to be quoted")
    browser.menu_of(-1)
    browser.click(".popup button", "Quote")
    (target,) = bot.wait(2)["data"]["resolved"]["messages"].values()
    assert target["content"] == "to be quoted"


def test_menus_of_every_kind_are_used(browser: Browser, bot: QuietBot) -> None:
    kinds = {5: "user", 6: "role", 7: "mentionable", 8: "channel"}
    bot.send(
        [
            {"type": 1, "components": [{"type": kind, "custom_id": name, "max_values": 2}]}
            for kind, name in kinds.items()
        ]
    )
    bot.world.roles.create(bot.world.guilds.find("Home") or "", name="crew")
    bot.answer = lambda data: (6, {})
    browser.until(lambda: len(browser.all(".menu")) == 4, "four menus")
    for number, choice in enumerate(("bob", "@crew", "bob", "general")):
        browser.run("document.querySelectorAll('.menu')[arguments[0]].click()", number)
        browser.click(".menu-list li", choice)
        browser.run("document.getElementById('input').focus()")
        data = bot.wait(number + 1)["data"]
        assert data["component_type"] == number + 5
        assert len(data["values"]) == 1


def test_a_modal_of_every_field_says_what_is_missing_and_is_sent(
    browser: Browser, bot: QuietBot
) -> None:
    size = [{"label": "Small", "value": "s"}, {"label": "Large", "value": "l"}]
    fields: dict[str, dict[str, Any]] = {
        "Name": {"type": 4, "custom_id": "name", "style": 1, "min_length": 3},
        "Story": {"type": 4, "custom_id": "story", "style": 2, "required": False, "value": "Once"},
        "Colour": {"type": 3, "custom_id": "colour", "options": size},
        "Friend": {"type": 5, "custom_id": "friend"},
        "Size": {"type": 21, "custom_id": "size", "options": size},
        "Extras": {"type": 22, "custom_id": "extras", "options": size, "required": False},
        "Agree": {"type": 23, "custom_id": "agree"},
        "Papers": {"type": 19, "custom_id": "papers", "required": False},
    }
    parts = [
        {"type": 18, "label": label, "component": component} for label, component in fields.items()
    ]
    form = {"custom_id": "form", "title": "Everything", "components": parts}
    bot.answer = lambda made: (9, form) if made["type"] == 3 else (4, {"content": "thank you"})
    button = {"type": 2, "style": 1, "label": "Open", "custom_id": "open"}
    bot.send([{"type": 1, "components": [button]}])
    browser.click(".button", "Open")
    browser.find("dialog h2", "Everything")
    browser.type("An", "dialog .field")
    browser.click("dialog .button", "Submit")
    browser.find(".labelled.wrong .error", "Name needs at least 3 characters.")
    browser.find("dialog .error", "Some fields need another look")
    assert browser.run("return document.activeElement.dataset.customId") == "name"
    browser.type("n", "dialog .field")
    browser.until(
        lambda: "Name needs" not in browser.text("dialog"), "the end of the first complaint"
    )
    browser.run("document.querySelectorAll('dialog .menu')[0].click()")
    browser.click("dialog .menu-list li", "Small")
    browser.run("document.querySelectorAll('dialog .menu')[1].click()")
    browser.click("dialog .menu-list li", "bob")
    browser.run("document.querySelector('dialog [type=radio]').click()")
    browser.run("document.querySelectorAll('dialog [name=extras]')[1].click()")
    browser.run("document.querySelectorAll('dialog .labelled > [type=checkbox]')[0].click()")
    browser.click("dialog .button", "Submit")
    browser.sees("thank you")
    browser.gone("dialog")
    sent = bot.wait(2)["data"]
    values = {
        item["component"]["custom_id"]: item["component"].get(
            "value", item["component"].get("values")
        )
        for item in sent["components"]
    }
    assert values == {
        "name": "Ann",
        "story": "Once",
        "colour": ["s"],
        "friend": [bot.world.users.find("bob")],
        "size": "s",
        "extras": ["l"],
        "agree": True,
        "papers": [],
    }
    # What was in the way of the field below is gone: one can write on.
    browser.say("and on")
    browser.sees("and on")


def test_a_hidden_dialogue_thinks_goes_on_and_ends_with_dead_buttons(
    browser: Browser, bot: QuietBot
) -> None:
    bot.world.commands.create(bot.id, {"name": "ask", "description": "Ask"})
    bot.answer = lambda made: (5, {"flags": 64})
    browser.command("ask")
    browser.type(ENTER, ".command-form .send")
    browser.find(".message.ephemeral .thinking", "helper is thinking")
    made = bot.wait()
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Next", "custom_id": "n"}]}
    edit, token = bot.world.interactions.edit_original, made["token"]
    edit(bot.id, token, {"content": "Step 1", "components": [row]})
    bot.answer = lambda made: (7, {"content": "Step 2", "components": [row]})
    browser.click(".message.ephemeral .button", "Next")
    browser.find(".message.ephemeral", "Step 2")
    bot.world.interactions.follow_up(bot.id, token, content="By the way", flags=64)
    browser.sees("By the way")
    row["components"][0]["disabled"] = True
    edit(bot.id, token, {"content": "Too late", "components": [row]})
    browser.find(".message.ephemeral .button:disabled", "Next")
    bot.world.channels.create(bot.world.guilds.find("Home") or "", "office")
    browser.click(".channel", "office")
    browser.sees("#office")
    browser.click(".channel", "general")
    browser.sees("By the way")
    browser.click("[data-dismiss]")
    browser.click(".channel", "office")
    browser.sees("#office")
    browser.click(".channel", "general")
    browser.sees("By the way")
    assert "Too late" not in browser.text("#timeline")


def test_components_of_the_second_version_are_drawn(browser: Browser, bot: QuietBot) -> None:
    button = {"type": 2, "style": 3, "label": "Yes", "custom_id": "yes"}
    inner: list[dict[str, Any]] = [
        {"type": 10, "content": "## Title"},
        {"type": 9, "components": [{"type": 10, "content": "beside"}], "accessory": button},
        {"type": 14, "spacing": 2},
        {"type": 12, "items": [{"media": {"url": "https://elsewhere.example/a.png"}}]},
        {"type": 1, "components": [{"type": 8, "custom_id": "c", "channel_types": [0]}]},
    ]
    bot.send([{"type": 17, "accent_color": 0xFF0000, "components": inner}], flags=1 << 15)
    browser.find(".container .h2", "Title")
    browser.find(".container .separator.large")
    browser.find(".container .elsewhere", "elsewhere.example")
    browser.click(".section-side .button", "Yes")
    assert bot.wait()["data"]["custom_id"] == "yes"
