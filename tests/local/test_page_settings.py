"""Running a server from the page: roles, permissions, moderation, voice, audit log, language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from page_browser import ENTER, Browser

from disruption.local import LocalDiscord
from disruption.local.rest.png import plain_png
from disruption.local.world.permissions import bits

pytestmark = pytest.mark.slow


def guild(discord: LocalDiscord) -> Any:
    return discord.world.guilds.state(discord.world.guilds.find("Home") or "")


def test_roles_are_made_changed_moved_and_deleted(admin: Browser, discord: LocalDiscord) -> None:
    admin.click("[aria-label='Server settings']")
    admin.click(".settings-tabs button", "Roles")
    admin.click(".split-list .add", "New role")
    admin.find(".split-list button", "new role")
    admin.run("document.querySelector('.split-pane .field').value = ''")
    admin.type("Crew", ".split-pane .field")
    admin.click(".toggle", "Shown apart")
    admin.click(".toggle", "Kick members")
    admin.click(".settings-end .button", "Save")
    admin.find(".said", "Saved")
    role = next(item for item in guild(discord).roles.values() if item["name"] == "Crew")
    assert role["hoist"] is True
    assert int(role["permissions"]) & bits("KICK_MEMBERS")
    admin.click(".split-list .add", "New role")
    admin.click(".split-list button", "new role")
    admin.click("[aria-label='Move up']:not(:disabled)")
    admin.until(
        lambda: admin.text(".split-list").startswith("new role"),
        "the move",
    )
    admin.click("[aria-label='Delete the role']")
    admin.until(lambda: "new role" not in admin.text(".split-list"), "the deletion")


def test_a_channel_is_closed_to_somebody(admin: Browser, discord: LocalDiscord) -> None:
    general = discord.world.channels.find("general") or ""
    bob = discord.world.users.find("bob") or ""
    admin.click("[aria-label='Channel settings']")
    admin.click(".settings-tabs button", "Permissions")
    admin.click(".split-list .add", "Add")
    admin.click(".popup button", "bob")
    admin.find(".split-list [aria-selected=true]", "bob")
    admin.click(".tristate[data-name=SEND_MESSAGES] .deny")
    admin.find(".tristate[data-name=SEND_MESSAGES] .deny[aria-checked=true]")
    allowed = discord.world.permissions.in_channel(general, bob)
    assert not allowed & bits("SEND_MESSAGES")
    admin.click(".tristate[data-name=MANAGE_MESSAGES] .allow")
    admin.find(".tristate[data-name=MANAGE_MESSAGES] .allow[aria-checked=true]")
    admin.click(".button", "Remove these rules")
    admin.until(lambda: "bob" not in admin.text(".split-list"), "the end of the rules")
    assert discord.world.permissions.in_channel(general, bob) & bits("SEND_MESSAGES")


def test_who_may_not_is_told_so(browser: Browser) -> None:
    browser.click("[aria-label='Channel settings']")
    browser.type("a topic", "dialog textarea")
    browser.click("dialog .button", "Save")
    browser.find(".said.bad", "Missing Permissions")


def test_where_one_cannot_write_one_is_told_why(browser: Browser, discord: LocalDiscord) -> None:
    world = discord.world
    home, general = world.guilds.find("Home") or "", world.channels.find("general") or ""
    ann, admin = world.users.find("ann") or "", world.users.find("admin") or ""
    deny = {"id": home, "type": 0, "allow": "0", "deny": str(bits("SEND_MESSAGES"))}
    world.channels.update(general, {"permission_overwrites": [deny]})
    browser.find(".silence", "no permission to write here")
    allow = {"id": ann, "type": 1, "allow": str(bits("SEND_MESSAGES")), "deny": "0"}
    world.channels.update(general, {"permission_overwrites": [deny, allow]})
    browser.say("I may")
    browser.sees("I may")
    until = "2999-01-01T00:00:00+00:00"
    world.members.update(home, ann, {"communication_disabled_until": until})
    browser.find(".silence", "timed out until")
    world.members.update(home, ann, {"communication_disabled_until": None})
    thread = world.threads.create(general, admin, "old", type=11)["id"]
    world.channels.update(thread, {"locked": True})
    browser.click(".channel", "old")
    browser.find(".silence", "locked")


def test_members_are_moderated_and_the_audit_log_tells(
    admin: Browser, discord: LocalDiscord
) -> None:
    bob = discord.world.users.find("bob") or ""
    admin.click(".member", "bob")
    admin.click(".popup button", "Nickname")
    admin.type("Bobby" + ENTER, "dialog input")
    admin.click(".member", "Bobby")
    admin.click(".popup button", "Time out")
    admin.type("too loud", "dialog input")
    admin.click("dialog .button", "Time out")
    admin.gone("dialog")
    admin.click(".member", "Bobby")
    admin.click(".popup button", "End the timeout")
    admin.until(
        lambda: not guild(discord).members[bob]["communication_disabled_until"],
        "the timeout's end",
    )
    admin.click(".member", "Bobby")
    admin.click(".popup button", "Ban")
    admin.type("still loud", "dialog input")
    admin.click("dialog .button", "Ban")
    admin.until(lambda: bob not in guild(discord).members, "the ban")
    admin.click("[aria-label='Server settings']")
    admin.click(".settings-tabs button", "Audit log")
    admin.find(".audit-entry", "added member ban bob")
    admin.find(".audit-entry", "“too loud”")
    admin.click(".settings-tabs button", "Bans")
    admin.find(".plain-list li", "still loud")
    admin.click(".plain-list .button", "Lift the ban")
    admin.find(".settings-pane", "Nobody is banned")
    admin.click(".settings-tabs button", "Invites")
    admin.click(".settings-pane .button", "Invite to this channel")
    admin.find(".plain-list li", "#general")


def test_people_join_voice_and_are_muted(admin: Browser, discord: LocalDiscord) -> None:
    world = discord.world
    home, bob = world.guilds.find("Home") or "", world.users.find("bob") or ""
    lounge = world.channels.create(home, "lounge", 2)["id"]
    world.voice.set(home, bob, channel_id=lounge)
    admin.click(".channel", "lounge")
    admin.find(".speaker", "bob")
    admin.click("#head .button", "Join")
    admin.find(".speaker", "Admin")
    admin.click("#voice [aria-label=Mute]")
    admin.find("#voice [aria-label=Unmute]")
    state = guild(discord).voice_states[world.users.find("admin")]
    assert (state["channel_id"], state["self_mute"]) == (lounge, True)
    admin.click(".speaker", "bob")
    admin.click(".popup button", "Mute in voice")
    admin.until(lambda: guild(discord).voice_states[bob]["mute"], "bob's silence")
    admin.click("#voice [aria-label^=Leave]")
    admin.until(lambda: world.users.find("admin") not in guild(discord).voice_states, "the leaving")


def test_channels_are_made_of_every_kind(admin: Browser, discord: LocalDiscord) -> None:
    admin.click("[aria-label='Make a channel']")
    admin.type("secrets", "dialog input")
    admin.click("dialog .toggle input")
    admin.click("dialog .button", "Make")
    admin.sees("secrets", "#head")
    made = discord.world.channels.find("secrets") or ""
    assert not discord.world.permissions.sees(made, discord.world.users.find("bob") or "")
    admin.click("[aria-label='Make a channel']")
    admin.type("plans", "dialog input")
    admin.run("document.querySelector('dialog select').value = '15'")
    admin.click("dialog .button", "Make")
    admin.sees("No posts yet", "#forum")


def test_an_emoji_is_added_used_and_deleted(
    admin: Browser, discord: LocalDiscord, tmp_path: Path
) -> None:
    picture = tmp_path / "tada.png"
    picture.write_bytes(plain_png("tada"))
    admin.click("[aria-label='Server settings']")
    admin.click(".settings-tabs button", "Emoji")
    admin.find(".settings-pane h3", "Emoji")
    admin.find("dialog input[type=file]").send_keys(str(picture))
    admin.click(".settings-end .button", "Add")
    admin.find(".plain-list li", ":tada:")
    admin.click("dialog [aria-label=Close]")
    admin.say("hooray :tada: and `:fire:` and :fire:")
    admin.find("#timeline img.emoji")
    (message,) = discord.world.messages.list(discord.world.channels.find("general") or "", limit=1)
    (made,) = discord.world.emojis.list(discord.world.guilds.find("Home") or "")
    assert message["content"] == f"hooray <:tada:{made['id']}> and `:fire:` and 🔥"
    admin.click("[aria-label='Server settings']")
    admin.click(".settings-tabs button", "Emoji")
    admin.click("[aria-label='Delete tada']")
    admin.find(".settings-pane", "no emoji of its own")


def test_time_is_moved_and_seen(browser: Browser, discord: LocalDiscord) -> None:
    before = discord.clock.now()
    browser.click("[aria-label^=Inspector]")
    browser.click("[role=tab]", "World")
    browser.find(".plain-list li", "ann")
    browser.click(".chip", "+ 1 day")
    browser.until(lambda: discord.clock.now() - before > 86_000, "tomorrow")
    browser.click("[aria-label='Close the inspector']")


def test_somebody_is_seen_as_they_wish_and_speaks_their_language(
    browser: Browser, discord: LocalDiscord
) -> None:
    bot = discord.add_bot("helper").application_id
    names = {"name_localizations": {"de": "würfeln"}, "description_localizations": {"de": "Wirf"}}
    discord.world.commands.create(bot, {"name": "roll", "description": "Roll", **names})
    browser.click(".me")
    browser.click(".status-choice[aria-label='Do not disturb']")
    browser.find("#self .dot.dnd")
    browser.press("\ue00c")
    browser.click(".me")
    browser.click(".popup button", "Language")
    browser.find("dialog select")
    browser.run("document.querySelector('dialog select').value = 'de'")
    browser.click("dialog .button", "Save")
    browser.gone("dialog")
    browser.type("/w")
    browser.find(".suggest li", "/würfelnWirf")
