"""Talking on the page: files, polls, names, forwards, threads, forums, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from page_browser import ENTER, ESCAPE, Browser

from disruption.local import LocalDiscord

pytestmark = pytest.mark.slow


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord(rate_limits=False) as running:
        running.world.user("ann")
        yield running


def latest(discord: LocalDiscord, channel: str = "general") -> dict[str, Any]:
    channel_id = discord.world.channels.find(channel) or ""
    (message,) = discord.world.messages.list(channel_id, limit=1)
    return message


def test_files_are_dropped_shown_and_sent_with_the_text(
    browser: Browser, discord: LocalDiscord
) -> None:
    browser.drop(("notes.txt", "hello", "text/plain"), ("more.csv", "a,b", "text/csv"))
    browser.find(".tray-file", "notes.txt")
    browser.click("[aria-label=Remove]")
    browser.until(lambda: len(browser.all(".tray-file")) == 1, "one file less")
    browser.say("with a file")
    browser.find(".file", "more.csv")
    sent = latest(discord)
    assert [file["filename"] for file in sent["attachments"]] == ["more.csv"]
    assert sent["content"] == "with a file"
    assert browser.all(".tray-file") == []


def test_names_are_read_while_writing_and_sent_as_mentions(
    browser: Browser, discord: LocalDiscord
) -> None:
    world = discord.world
    guild, ann = world.guilds.find("Home") or "", world.users.find("ann")
    role = world.roles.create(guild, name="crew", mentionable=True)["id"]
    browser.type("for @ann")
    browser.find(".composer .suggest li", "ann")
    browser.type(ENTER)
    browser.type("and @cre")
    browser.find(".composer .suggest li", "@crew")
    browser.type(ENTER)
    assert browser.run("return document.getElementById('input').value") == "for @ann and @crew "
    browser.type(ENTER)
    browser.find("#timeline .mention", "@crew")
    assert latest(discord)["content"] == f"for <@{ann}> and <@&{role}>"
    browser.menu_of(-1)
    browser.click(".popup button", "Edit")
    assert browser.run("return document.getElementById('input').value") == "for @ann and @crew"
    browser.type(" now" + ENTER)
    browser.sees("now(edited)")
    assert latest(discord)["content"] == f"for <@{ann}> and <@&{role}> now"


def test_what_is_refused_is_said_and_not_lost(browser: Browser) -> None:
    browser.run("document.getElementById('input').value = 'x'.repeat(2001)")
    browser.type("y")
    browser.find(".counter.bad", "-2")
    browser.type(ENTER)
    browser.find(".toast.error", "Must be 2000 or fewer in length")
    browser.until(
        lambda: browser.run("return document.getElementById('input').value.length") == 2002,
        "the text's return",
    )


def test_a_poll_is_asked_voted_in_and_ended(browser: Browser, discord: LocalDiscord) -> None:
    browser.click("[aria-label='More to send']")
    browser.click(".popup button", "Ask a poll")
    browser.click("dialog .button", "Ask")
    assert browser.all("dialog:invalid, dialog form:invalid") != []
    browser.type("Pizza or pasta?", "dialog .labelled .field")
    browser.type("Pizza", "[aria-label='Answer 1']")
    browser.click("[aria-label='Emoji of this answer']")
    browser.type("pizza" + ENTER, "[aria-label='Find an emoji']")
    browser.type("Pasta", "[aria-label='Answer 2']")
    browser.click("dialog .linklike", "Add an answer")
    browser.type("Neither", "[aria-label='Answer 3']")
    browser.click("dialog .toggle input")
    browser.click("dialog .button", "Ask")
    browser.gone("dialog")
    browser.click(".answer", "Pizza")
    browser.find(".answer.mine", "Pizza100%")
    browser.click(".answer", "Neither")
    browser.find(".answer.mine", "Neither50%")
    poll = latest(discord)["poll"]
    assert poll["question"] == {"text": "Pizza or pasta?"}
    assert poll["allow_multiselect"] is True
    assert poll["answers"][0]["poll_media"]["emoji"]["name"] == "🍕"
    browser.menu_of(-1)
    browser.click(".popup button", "End the poll")
    browser.find(".poll", "ended")
    assert browser.run("return document.querySelector('.answer').disabled") is True


def test_messages_are_forwarded_pinned_and_found(browser: Browser, discord: LocalDiscord) -> None:
    world = discord.world
    world.channels.create(world.guilds.find("Home") or "", "office")
    browser.say("remember the milk")
    browser.menu_of(0)
    browser.click(".popup button", "Forward")
    browser.type("offi" + ENTER, "dialog.quick-switch input")
    browser.until(
        lambda: world.messages.list(world.channels.find("office") or ""), "what was forwarded"
    )
    assert latest(discord, "office")["message_snapshots"][0]["message"]["content"].startswith("rem")

    browser.click(".me")
    browser.click(".popup button", "Admin")
    browser.sees("Admin", "#self")
    browser.sees("remember the milk")
    browser.menu_of(0)
    browser.click(".popup button", "Pin")
    browser.sees("pinned a message")
    browser.click("[aria-label='Pinned messages']")
    browser.click(".hit", "remember the milk")
    browser.find(".message.pointed", "remember the milk")

    browser.click("[aria-label^=Search]")
    browser.type("milk" + ENTER, "dialog input[type=search]")
    browser.click(".hit", "remember the milk")
    browser.gone("dialog")


def test_threads_are_started_listed_and_archived(browser: Browser, discord: LocalDiscord) -> None:
    browser.say("let us talk")
    browser.menu_of(0)
    browser.click(".popup button", "Start a thread")
    browser.type("Talk" + ENTER, "dialog input")
    browser.sees("Talk", "#head")
    browser.say("in the thread")
    browser.click("[aria-label='Channel settings']")
    browser.click("dialog .toggle input")
    browser.click("dialog .button", "Save")
    browser.find("dialog .said", "Saved")
    browser.click("dialog [aria-label=Close]")
    browser.click(".channel", "general")
    browser.find(".thread-card", "1 message")
    browser.until(lambda: "Talk" not in browser.text("#channels"), "the archived thread's leaving")
    browser.click("[aria-label=Threads]")
    browser.find("dialog h4", "Archived")
    browser.click("dialog .hit", "Talk")
    browser.sees("in the thread")


def test_a_forum_is_browsed_by_tag_and_posted_in(browser: Browser, discord: LocalDiscord) -> None:
    world = discord.world
    tags = [{"name": "bug"}, {"name": "idea"}]
    forum = world.channels.create(world.guilds.find("Home") or "", "ideas", 15)["id"]
    world.channels.update(forum, {"available_tags": tags})
    browser.click(".channel", "ideas")
    browser.sees("No posts yet", "#forum")
    browser.click("#forum .button", "New post")
    browser.type("A lighter page", "dialog .labelled .field")
    browser.type("It should be **light**", "dialog textarea")
    browser.click("dialog .tag", "idea")
    browser.click("dialog .button", "Post")
    browser.sees("A lighter page", "#head")
    browser.find("#timeline strong", "light")
    browser.say("it is")
    browser.sees("it is")
    browser.click(".channel", "ideas")
    browser.find(".post", "It should be light")
    browser.click(".forum-head .tag", "bug")
    browser.sees("No post has this tag", "#forum")
    browser.click(".forum-head .tag", "idea")
    browser.click(".post", "A lighter page")
    browser.sees("it is")


def test_menus_work_with_the_keys(browser: Browser) -> None:
    browser.say("first")
    browser.sees("first")
    browser.run("document.getElementById('scroller').focus()")
    browser.press("\ue013")
    browser.until(
        lambda: browser.run("return document.activeElement.classList.contains('message')"),
        "the focus on a message",
    )
    browser.press(ENTER)
    browser.find(".popup[role=menu]")
    browser.press(ESCAPE)
    browser.gone(".popup")
    browser.press("\ue009", "k")
    browser.find("dialog.quick-switch")
    browser.press(ESCAPE)
    browser.gone("dialog")


def test_who_writes_too_fast_is_told_how_long_to_wait(
    browser: Browser, discord: LocalDiscord
) -> None:
    general = discord.world.channels.find("general") or ""
    discord.world.channels.update(general, {"rate_limit_per_user": 3600})
    browser.say("once")
    browser.sees("once")
    browser.say("twice")
    browser.find(".toast", "Slowmode is on")
    assert latest(discord)["content"] == "once"
