"""Views that are fetched when first opened: stickers, events, rules, webhooks, pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from page_browser import ENTER, ESCAPE, Browser

from disruption.local import LocalDiscord
from disruption.local.rest.png import plain_png

pytestmark = pytest.mark.slow

#: What would run if a name were ever taken for HTML.
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def home(discord: LocalDiscord) -> str:
    return discord.world.guilds.find("Home") or ""


@pytest.fixture
def general(discord: LocalDiscord) -> str:
    return discord.world.channels.find("general") or ""


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    made = tmp_path / "hooray.png"
    made.write_bytes(plain_png("hooray"))
    return made


def settings(browser: Browser, view: str) -> None:
    browser.click("[aria-label='Server settings']")
    browser.click(".settings-tabs button", view)
    browser.find(".settings-pane h3", view)


def set_field(browser: Browser, label: str, value: str) -> None:
    """Set a field of the last dialog by its label."""
    browser.run(
        """
        const last = [...document.querySelectorAll("dialog")].at(-1);
        const found = [...last.querySelectorAll(".labelled")]
          .find((item) => item.firstElementChild.textContent === arguments[0]);
        const field = found.querySelector("input, select, textarea");
        field.value = arguments[1];
        field.dispatchEvent(new Event("change"));
        """,
        label,
        value,
    )


def submit(browser: Browser, label: str) -> None:
    """Press the button of the last dialog and wait until it has closed."""
    before = len(browser.all("dialog"))
    browser.click("dialog:last-of-type .actions .primary", label)
    browser.until(lambda: len(browser.all("dialog")) < before, "the end of the form")


def test_views_come_when_they_are_opened(browser: Browser) -> None:
    asked = "return performance.getEntriesByType('resource').map((entry) => entry.name)"
    assert not [name for name in browser.run(asked) if name.endswith("later.js")]
    settings(browser, "Events")
    assert [name for name in browser.run(asked) if name.endswith("later.js")]


def test_a_sticker_is_made_sent_and_deleted(
    admin: Browser, discord: LocalDiscord, home: str, general: str, picture: Path
) -> None:
    settings(admin, "Stickers")
    admin.find(".settings-pane", "no stickers of its own")
    admin.find("dialog input[type=file]").send_keys(str(picture))
    set_field(admin, "Related emoji", "tada")
    admin.click(".settings-end .button", "Add")
    admin.find(".plain-list li", "hooray")
    (made,) = discord.world.stickers.list(home)
    assert (made["name"], made["tags"]) == ("hooray", "tada")
    admin.click("dialog [aria-label=Close]")
    admin.type("still writing")
    admin.click("[aria-label='More to send']")
    admin.click(".popup button", "Send a sticker")
    admin.type("tada" + ENTER, "[aria-label='Find a sticker']")
    admin.find(f"#timeline img.sticker[src*='{made['id']}']")
    (message,) = discord.world.messages.list(general, limit=1)
    assert [item["id"] for item in message["sticker_items"]] == [made["id"]]
    assert admin.run("return document.getElementById('input').value") == "still writing"
    settings(admin, "Stickers")
    admin.click("[aria-label='Delete hooray']")
    admin.find(".settings-pane", "no stickers of its own")


def test_a_standard_sticker_answers_a_message(
    browser: Browser, discord: LocalDiscord, general: str
) -> None:
    discord.world.user("bob").say("#general", "Coming?")
    browser.sees("Coming?")
    browser.point_at(0)
    browser.click("[aria-label=Reply]")
    browser.click("[aria-label='More to send']")
    browser.click(".popup button", "Send a sticker")
    browser.click(".sticker-grid button", "Wave")
    browser.find(".message .reference", "Coming?")
    (message,) = discord.world.messages.list(general, limit=1)
    assert message["sticker_items"][0]["name"] == "Wave"
    assert message["referenced_message"]["content"] == "Coming?"
    browser.gone(".composer-bar:not([hidden])")


def test_an_event_is_made_wished_for_started_and_ended(
    admin: Browser, discord: LocalDiscord, home: str
) -> None:
    world = discord.world
    world.channels.create(home, "Lounge", 2)
    settings(admin, "Events")
    admin.find(".settings-pane", "Nothing is planned")
    admin.click(".view-head .button", "Make an event")
    set_field(admin, "Name", f"Quiz {EVIL}")
    set_field(admin, "Location", "The park")
    submit(admin, "Make")
    admin.find(".cards .tile", f"Quiz {EVIL}")
    assert not admin.all("dialog .tile img")
    (event,) = world.scheduled_events.list(home)
    assert event["entity_metadata"] == {"location": "The park"}
    admin.find(".cards .button", "Interested").send_keys(ENTER)
    admin.find(".cards .tile", "1 person interested")
    label = "return document.activeElement.textContent"
    admin.until(lambda: admin.run(label) == "Interested ✓", "the focus where it was")
    admin.find(".cards .button[aria-pressed=true]", "Interested")
    world.scheduled_events.interest(home, event["id"], world.user("bob").id, True)
    admin.find(".cards .tile", "2 people interested")  # others are seen at once
    admin.click(".cards .button", "Start")
    admin.find(".cards .tile", "on now")
    admin.click(".cards .button", "End")
    admin.find(".settings-pane", "Nothing is planned")
    admin.click(".view-head .button", "Make an event")
    set_field(admin, "Name", "Talk")
    admin.run(
        "const select = document.querySelector('dialog:last-of-type select');"
        "select.value = select.options[1].value; select.dispatchEvent(new Event('change'))"
    )
    submit(admin, "Make")
    admin.find(".cards .tile", "in Lounge")
    admin.click(".cards .button", "Cancel")
    admin.find(".settings-pane", "Nothing is planned")


def test_who_may_make_no_events_may_be_interested(
    browser: Browser, discord: LocalDiscord, home: str
) -> None:
    world = discord.world
    start = "2999-01-01T00:00:00+00:00"
    world.scheduled_events.create(
        home,
        world.users.find("admin"),
        name="Far away",
        entity_type=3,
        privacy_level=2,
        channel_id=None,
        entity_metadata={"location": "here"},
        scheduled_start_time=start,
        scheduled_end_time="2999-01-01T01:00:00+00:00",
    )
    settings(browser, "Events")
    browser.find(".cards .tile", "Far away")
    shown = [item.text for item in browser.all(".settings-pane .button")]
    assert shown == ["Interested"]


def test_a_rule_is_made_acts_is_switched_off_and_deleted(
    admin: Browser, discord: LocalDiscord, home: str, general: str
) -> None:
    def rules() -> list[dict[str, Any]]:
        return discord.world.auto_moderation.list(home)

    settings(admin, "AutoMod")
    admin.find(".settings-pane", "There are no rules")
    admin.click(".view-head .button", "Make a rule")
    set_field(admin, "Name", "No spoilers")
    set_field(admin, "Words", "ending, *spoil*")
    set_field(admin, "What the writer is told", "Not yet")
    set_field(admin, "Tell moderators in", general)
    set_field(admin, "Time the writer out", "600")
    submit(admin, "Make")
    admin.find(".cards .tile", "Looks for ending, *spoil*")
    admin.find(".cards .tile", "“Not yet”, tells #general, times out for 10 minutes")
    (rule,) = rules()
    assert (rule["enabled"], len(rule["actions"])) == (True, 3)
    admin.click(".cards .switch")
    admin.until(lambda: rules()[0]["enabled"] is False, "the switch")
    discord.world.auto_moderation.update(home, rule["id"], {"enabled": True})
    admin.find(".cards .switch:checked")
    admin.click(".view-head .button", "Make a rule")
    set_field(admin, "Name", "Quiet")
    set_field(admin, "Looks for", "5")
    set_field(admin, "Mentions a message may have", "3")
    submit(admin, "Make")
    admin.find(".cards .tile", "more than 3 mentions")
    for name in ("Quiet", "No spoilers"):
        admin.click(f"[aria-label='Delete {name}']")
        admin.click("dialog .actions .danger", "Delete")
    admin.find(".settings-pane", "There are no rules")


def test_a_webhook_is_made_used_and_deleted(
    admin: Browser, discord: LocalDiscord, general: str, picture: Path
) -> None:
    admin.click("[aria-label='Channel settings']")
    admin.click(".settings-tabs button", "Webhooks")
    admin.find(".settings-pane", "no webhooks")
    admin.click(".view-head .button", "Make a webhook")
    set_field(admin, "Name", "Builds")
    admin.find("dialog:last-of-type input[type=file]").send_keys(str(picture))
    submit(admin, "Make")
    admin.find(".plain-list li .avatar img")
    admin.find(".plain-list li", "Buildsmade by admin")
    (hook,) = discord.world.webhooks.of_channel(general)
    assert hook["avatar"] is not None
    admin.run("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    admin.click(".plain-list .button", "Copy URL")
    admin.sees("Copied", "#toasts")
    assert hook["token"] in admin.run("return window.copied")
    admin.click("[aria-label='Delete Builds']")
    admin.click("dialog .actions .danger", "Delete")
    admin.find(".settings-pane", "no webhooks")


def test_somebody_gets_a_picture_and_another_name(
    browser: Browser, discord: LocalDiscord, picture: Path
) -> None:
    ann, bob = discord.world.user("ann").id, discord.world.user("bob").id
    browser.click(".me")
    browser.click(".popup button", "Name and picture")
    browser.find("dialog input[type=file]").send_keys(str(picture))
    browser.find("dialog .big-face img")
    submit(browser, "Save")
    browser.find("#self .avatar img")
    assert discord.world.users.get(ann)["avatar"] is not None
    browser.click(".me")
    browser.click(".popup button", "Name and picture")
    browser.click("dialog .linklike", "Remove the picture")
    submit(browser, "Save")
    browser.gone("#self .avatar img")
    assert discord.world.users.get(ann)["avatar"] is None
    browser.click(".member", "bob")
    browser.click(".popup button", "Name and picture")
    set_field(browser, "Username", "robert")
    submit(browser, "Save")
    browser.find(".member", "robert")
    assert discord.world.users.get(bob)["username"] == "robert"


def test_the_audit_log_goes_on_beyond_the_latest_hundred(
    admin: Browser, discord: LocalDiscord, home: str
) -> None:
    with discord.world.acting(discord.world.users.find("admin")):
        for number in range(230):
            discord.world.roles.create(home, name=f"role {number}")
    settings(admin, "Audit log")
    admin.find(".audit-entry", "role 229")
    assert len(admin.all(".audit-entry")) == 100
    admin.click(".more", "Show older entries")
    admin.find(".audit-entry", "role 60")
    admin.click(".more", "Show older entries")
    admin.find(".audit-entry", "role 0")
    admin.gone(".more:not([hidden])")
    assert len(admin.all(".audit-entry")) == 230


def test_who_is_made_by_a_program_can_be_played_at_once(
    browser: Browser, discord: LocalDiscord
) -> None:
    discord.world.user("eve")
    browser.find(".member", "eve")

    def offered() -> bool:
        browser.click(".me")
        found = "eve" in browser.text(".popup")
        browser.press(ESCAPE)
        browser.gone(".popup")
        return found

    browser.until(offered, "eve")
    browser.play("eve")
