"""The page for everybody: names of what can be used, keys, contrast, narrow windows, other people.

Also what it makes of texts that try to be more than texts.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from page_browser import ALT, CONTROL, DOWN, ENTER, ESCAPE, PAGE_DOWN, PAGE_UP, UP, Browser

from disruption.local import LocalDiscord

pytestmark = pytest.mark.slow

NASTY = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"

_NAMELESS = """
    const usable = "button, input, textarea, select, a[href], [role=button], [role=tab], img";
    const named = (item) => item.getAttribute("aria-label") || item.getAttribute("alt") !== null
      || item.textContent.trim() || item.title || item.labels?.[0]?.textContent.trim();
    return [...document.querySelectorAll(usable)]
      .filter((item) => item.checkVisibility() && !item.closest("[aria-hidden=true]"))
      .filter((item) => !named(item)).map((item) => item.outerHTML);
"""

# The contrast of each text with what is painted behind it, as WCAG counts it.
_FAINT = """
    const number = (text) => text.match(/[\\d.]+/g).map(Number);
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
    const paint = (colours) => {
      canvas.clearRect(0, 0, 1, 1);
      for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
      return canvas.getImageData(0, 0, 1, 1).data;
    };
    const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
      .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const behind = (item) => {
      const colours = [];
      for (let at = item; at; at = at.parentElement) {
        colours.unshift(getComputedStyle(at).backgroundColor);
      }
      return colours;
    };
    const found = [];
    for (const item of document.querySelectorAll(arguments[0])) {
      if (!item.checkVisibility() || !item.textContent.trim()) continue;
      const back = behind(item);
      const [text, ground] = [[...back, getComputedStyle(item).color], back].map(paint).map(light);
      const contrast = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
      if (contrast < 4.5) found.push([item.className || item.tagName, contrast]);
    }
    return found;
"""


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord(rate_limits=False) as running:
        running.world.user("ann").say("#general", "hello **you**, see `this` and https://a.example")
        yield running


def nameless(browser: Browser) -> list[str]:
    found: list[str] = browser.run(_NAMELESS)
    return found


def test_everything_that_can_be_used_has_a_name(browser: Browser, discord: LocalDiscord) -> None:
    browser.sees("hello you")
    browser.point_at(0)
    assert nameless(browser) == []
    views = {
        "[aria-label='Server settings']": ("Overview", "Roles", "Bans", "Invites"),
        "[aria-label='Channel settings']": ("Overview", "Permissions"),
    }
    for opener, tabs in views.items():
        browser.click(opener)
        for tab in tabs:
            browser.click(".settings-tabs button", tab)
            assert nameless(browser) == [], tab
        browser.click("dialog [aria-label=Close]")
        browser.gone("dialog")
    browser.click("[aria-label^=Inspector]")
    for tab in ("Traffic", "Sessions", "Limits", "Faults", "World"):
        browser.click("[role=tab]", tab)
        assert nameless(browser) == [], tab
    browser.click("[aria-label='More to send']")
    browser.click(".popup button", "Ask a poll")
    assert nameless(browser) == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_texts_can_be_read(browser: Browser, theme: str) -> None:
    browser.sees("hello you")
    browser.run("document.documentElement.dataset.theme = arguments[0]", theme)
    texts = ".when, .name, .text p, .channel-name, .topic, .me-text > *, code, .text a, .badge"
    assert browser.run(_FAINT, f"{texts}, .member-name") == []
    browser.find(".member.away", "Admin")  # who is not there is as legible as who is
    faded = "return getComputedStyle(document.querySelector('.member.away')).opacity"
    assert browser.run(faded) == "1"
    browser.click("[aria-label='Channel settings']")
    browser.find("dialog h3")  # the settings are fetched when they are first asked for
    assert browser.run(_FAINT, "dialog h3, dialog label span, dialog small, dialog .button") == []


def test_a_theme_is_chosen_and_kept_for_the_next_run(browser: Browser) -> None:
    was = browser.run("return getComputedStyle(document.body).backgroundColor")
    browser.click("[aria-label='Light or dark']")
    assert browser.run("return getComputedStyle(document.body).backgroundColor") != was
    theme = browser.run("return document.documentElement.dataset.theme")
    with LocalDiscord() as other:
        other.world.user("ann")
        browser.open(other)
        assert browser.run("return document.documentElement.dataset.theme") == theme
    browser.driver.delete_all_cookies()


def test_all_is_done_with_the_keys_alone(browser: Browser, discord: LocalDiscord) -> None:
    world = discord.world
    home = world.guilds.find("Home") or ""
    world.channels.create(home, "office")
    browser.find(".channel", "office")
    browser.press(ALT, DOWN)
    browser.sees("office", "#head")
    browser.press(CONTROL, "k")
    browser.find("dialog.quick-switch")
    browser.press("gene" + ENTER)
    browser.sees("general", "#head")
    browser.sees("hello you")
    browser.say("one")
    browser.sees("one")
    browser.press(UP)
    browser.find(".composer-bar", "Editing")
    browser.press(ESCAPE)
    browser.gone(".composer-bar:not([hidden])")
    browser.press(CONTROL, "i")
    browser.find(".inspector [role=tab]")
    browser.press(CONTROL, "i")
    browser.until(lambda: browser.run("return document.getElementById('inspector').hidden"), "end")


def test_one_reads_back_while_one_writes(browser: Browser, discord: LocalDiscord) -> None:
    ann = discord.world.user("ann")
    for number in range(40):
        ann.say("#general", f"line {number}")
    browser.sees("line 39")
    browser.type("still writing")
    above = (
        "const at = document.getElementById('scroller');"
        "return at.scrollHeight - at.scrollTop - at.clientHeight"
    )
    browser.until(lambda: browser.run(above) < 5, "the end of the conversation")
    browser.press(PAGE_UP)
    browser.until(lambda: browser.run(above) > 200, "what was said before")
    browser.press(PAGE_DOWN)
    browser.until(lambda: browser.run(above) < 5, "the end once more")
    assert browser.run("return document.activeElement.value") == "still writing"


def test_a_narrow_window_shows_one_thing_at_a_time(browser: Browser) -> None:
    browser.driver.set_window_size(500, 800)
    browser.until(lambda: browser.run("return innerWidth < 721"), "the narrow window")
    assert browser.run(
        "return document.documentElement.scrollWidth <= innerWidth"
    )  # nothing sticks out
    browser.click("button[aria-label=Channels]")
    browser.until(
        lambda: browser.run(
            "return document.getElementById('sidebar').getBoundingClientRect().left >= 0"
        ),
        "the channels",
    )
    browser.click(".channel", "general")
    browser.until(
        lambda: browser.run(
            "return document.getElementById('sidebar').getBoundingClientRect().right <= 0"
        ),
        "the end of the channels",
    )
    browser.click("#head [aria-label=More]")
    browser.click(".popup button", "Channel settings")
    browser.until(
        lambda: browser.run("return document.querySelector('dialog') !== null"), "the settings"
    )  # they are fetched when they are first asked for
    box = browser.run("return document.querySelector('dialog').getBoundingClientRect().toJSON()")
    assert box["left"] >= 0
    assert box["right"] <= browser.run("return innerWidth")


def test_conversations_are_named_by_who_is_in_them(browser: Browser, discord: LocalDiscord) -> None:
    world = discord.world
    ann, bob = world.users.find("ann") or "", world.user("bob").id
    cleo = world.user("cleo").id
    helper = discord.add_bot("helper").application_id
    group = world.group_dms.create(helper, bob, [ann, cleo])["id"]
    world.messages.create(group, bob, "hello you two")
    browser.click("[aria-label='Direct messages']")
    browser.click(".channel", "bob, cleo")
    browser.sees("hello you two")
    browser.sees("bob, cleo", "#head")
    browser.say("hello all")
    browser.sees("hello all")


def test_two_people_talk_in_two_windows(browser: Browser, discord: LocalDiscord) -> None:
    discord.world.user("bob")
    first = browser.driver.current_window_handle
    person = discord.world.users.find("bob")
    browser.driver.switch_to.new_window("tab")
    try:
        browser.driver.get(f"{discord.page_url}&person={person}")
        browser.sees("bob", "#self")
        assert "key" not in browser.run("return location.href")
        browser.sees("hello you")
        browser.say("hello from bob")
        browser.sees("hello from bob")
    finally:
        browser.driver.close()
        browser.driver.switch_to.window(first)
    browser.sees("hello from bob")
    assert "ann" in browser.text("#self")


def test_settings_forums_and_logs_take_no_text_for_html(
    browser: Browser, discord: LocalDiscord
) -> None:
    world = discord.world
    home, ann = world.guilds.find("Home") or "", world.users.find("ann") or ""
    with world.lock:
        world.roles.create(home, name=NASTY)
        forum = world.channels.create(home, "ideas", 15)["id"]
        world.channels.update(forum, {"available_tags": [{"name": NASTY[:20]}], "topic": NASTY})
        thread = world.threads.create(forum, ann, NASTY[:100], type=11)["id"]
        world.messages.create(thread, ann, NASTY)
        office = world.channels.create(home, NASTY[:100])["id"]
        with world.acting(ann, reason=NASTY):
            world.channels.update(office, {"topic": NASTY})
        world.guilds.update(home, {"owner_id": ann})
    browser.click(".channel", "ideas")
    browser.sees("<script>", "#forum")
    browser.click("[aria-label='Server settings']")
    for tab in ("Overview", "Roles", "Audit log"):
        browser.click(".settings-tabs button", tab)
        browser.find(".settings-pane h3", tab)
    browser.sees("onerror", ".audit")
    assert browser.all("#app script, dialog script, img[src=x], [onerror]") == []
    assert "owned" not in browser.driver.title


def test_what_a_fault_sends_does_no_harm(browser: Browser, discord: LocalDiscord) -> None:
    for kind in ("server_error", "html"):
        discord.faults.add(kind, times=1, method="POST", route="/messages$")
    browser.say("said twice, heard once")
    browser.find(".toast.error")
    browser.until(
        lambda: browser.run("return document.getElementById('input').value") != "", "the text"
    )
    browser.type(ENTER)
    browser.find(".toast.error")
    browser.until(
        lambda: browser.run("return document.getElementById('input').value") != "", "the text"
    )
    browser.type(ENTER)
    browser.sees("said twice, heard once")
