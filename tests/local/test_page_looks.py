"""How the page lays things out: nothing is cut off, shown twice, stretched or unreadable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from page_browser import ENTER, ESCAPE, Browser

from disruption.local import Bot, LocalDiscord
from disruption.local.rest.png import plain_png
from disruption.local.world import Event

pytestmark = pytest.mark.slow

_LIGHTNESS = """
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
    return [...document.querySelectorAll(arguments[0])].map((item) => {
      canvas.fillStyle = getComputedStyle(item).color;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
      return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
    });
"""

_BOX = """
    const found = document.querySelector(arguments[0]);
    return found ? found.getBoundingClientRect().toJSON() : null;
"""

# Whether what is drawn at the middle and at the ends of each row is the row itself.
_COVERED = """
    const whole = (row) => {
      const {left, right, top, bottom} = row.getBoundingClientRect();
      return [left + 12, (left + right) / 2, right - 12].every((x) =>
        row.contains(document.elementFromPoint(x, (top + bottom) / 2)));
    };
    return [...document.querySelectorAll(arguments[0])].filter((row) => !whole(row)).length;
"""


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord(rate_limits=False) as running:
        running.world.user("ann")
        yield running


@pytest.fixture
def bot(discord: LocalDiscord) -> Bot:
    return discord.add_bot("helper")


@pytest.fixture
def general(discord: LocalDiscord) -> str:
    return discord.world.channels.find("general") or ""


def post(
    discord: LocalDiscord, bot: Bot, body: dict[str, Any], *files: tuple[str, bytes, str]
) -> None:
    """Let the bot say something, with files `(name, content, type)`."""
    general = discord.world.channels.find("general") or ""
    answer = requests.post(
        f"{discord.rest_url}/channels/{general}/messages",
        headers={"Authorization": f"Bot {bot.token}"},
        files={
            "payload_json": (None, json.dumps(body), "application/json"),
            **{f"files[{index}]": file for index, file in enumerate(files)},
        },
        timeout=30,
    )
    assert answer.status_code == 200, answer.text


def box(browser: Browser, selector: str) -> dict[str, float]:
    found: dict[str, float] = browser.until(lambda: browser.run(_BOX, selector), selector)
    return found


def answer_with(discord: LocalDiscord, modal: dict[str, Any]) -> None:
    """Answer whatever is pressed with a modal."""
    world = discord.world

    def hear(event: Event) -> None:
        if event.name == "INTERACTION_CREATE":
            made = event.data
            world.interactions.respond(made["id"], made["token"], 9, modal)
            world.interactions.settle(made["id"])

    world.subscribe(hear)


def in_label(label: str, component: dict[str, Any]) -> dict[str, Any]:
    return {"type": 18, "label": label, "component": component}


BUTTON = {
    "type": 1,
    "components": [{"type": 2, "style": 1, "label": "Open", "custom_id": "open"}],
}


@pytest.mark.parametrize(("theme", "colour"), [("dark", 0x050505), ("light", 0xFDFDFD)])
def test_names_in_any_colour_can_be_read(
    browser: Browser, discord: LocalDiscord, theme: str, colour: int
) -> None:
    world = discord.world
    home, ann = world.guilds.find("Home") or "", world.user("ann")
    role = world.roles.create(home, name="crew", color=colour)["id"]
    world.members.give_role(home, ann.id, role)
    ann.say("#general", f"We are <@&{role}>")
    browser.sees("We are @crew")
    browser.run("document.documentElement.dataset.theme = arguments[0]", theme)
    for name in (".name[style]", ".member-name[style]", ".mention[style]"):
        (seen,) = browser.until(lambda name=name: browser.run(_LIGHTNESS, name), name)
        assert seen > 0.4 if theme == "dark" else seen < 0.5


def test_what_an_embed_shows_is_not_shown_once_more(
    browser: Browser, discord: LocalDiscord, bot: Bot
) -> None:
    files = [(f"{name}.png", plain_png(name), "image/png") for name in ("a", "b", "c")]
    embed = {
        "description": "A card",
        "image": {"url": "attachment://a.png"},
        "thumbnail": {"url": "attachment://b.png"},
    }
    post(discord, bot, {"embeds": [embed]}, *files)
    browser.find(".embed", "A card")
    browser.until(lambda: len(browser.all(".embed .picture img")) == 2, "both pictures")
    (beside,) = browser.all(".attachments img")
    assert beside.get_attribute("alt") == "c.png"
    # A small picture is as large as it is, in a card that is wider.
    widths = (
        "const box = document.querySelector('.embed-body > .picture');"
        "return [box, box.firstChild].map((item) => item.getBoundingClientRect().width)"
    )
    browser.until(lambda: len(set(browser.run(widths))) == 1, "a box as wide as its picture")


def test_texts_are_read_where_they_are(browser: Browser, discord: LocalDiscord, bot: Bot) -> None:
    long_name = "n" * 90 + ".pdf"
    files = [
        ("notes.txt", "<b>one</b>\nzwei ü".encode(), "text/plain"),
        (long_name, b"%PDF", "application/pdf"),
    ]
    post(discord, bot, {"content": "Read"}, *files)
    browser.find(".text-file", "notes.txt")
    assert len(browser.all(".text-file")) == 1
    browser.click(".text-file button")
    browser.find(".text-file pre", "<b>one</b>\nzwei ü")
    browser.click(".text-file button")
    browser.gone(".text-file pre:not([hidden])")
    assert box(browser, ".attachments > .file")["height"] < 80  # the name is on one line


def test_videos_of_galleries_are_played(browser: Browser, discord: LocalDiscord, bot: Bot) -> None:
    files = [("clip.webm", b"no video", "video/webm"), ("a.png", plain_png("a"), "image/png")]
    items = [{"media": {"url": f"attachment://{name}"}} for name, *_ in files]
    body = {"flags": 1 << 15, "components": [{"type": 12, "items": items}]}
    post(discord, bot, body, *files)
    browser.find(".gallery video")
    assert len(browser.all(".gallery img")) == 1


def test_what_is_forwarded_and_what_has_no_text_is_drawn_as_it_is(
    browser: Browser, discord: LocalDiscord, bot: Bot, general: str
) -> None:
    world = discord.world
    item = {"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}
    body = {"flags": 1 << 15, "components": [item]}
    post(discord, bot, body, ("a.png", plain_png("a"), "image/png"))
    (sent,) = world.messages.list(general, limit=1)
    reference = {"type": 1, "channel_id": general, "message_id": sent["id"]}
    world.messages.create(general, bot.user_id, reference=reference)
    browser.find(".forwarded .gallery img")
    assert len(browser.all(".forwarded img")) == 1
    card = world.messages.create(general, bot.user_id, embeds=[{"title": "Before"}])["id"]
    browser.find(".embed", "Before")
    world.messages.edit(general, card, {"embeds": [{"title": "After"}]})
    browser.find(".embed", "After")
    browser.find(f"[id='message-{card}'] .edited", "(edited)")


def test_a_hidden_part_says_so_until_it_is_pressed(
    browser: Browser, discord: LocalDiscord, bot: Bot
) -> None:
    part = {"type": 17, "spoiler": True, "components": [{"type": 10, "content": "The end"}]}
    post(discord, bot, {"flags": 1 << 15, "components": [part]})
    browser.find(".container.spoiler-part", "The end")
    label = "return getComputedStyle(document.querySelector('.container'), '::after').content"
    assert browser.run(label) == '"SPOILER"'
    browser.run("document.querySelector('.spoiler-part').focus()")
    browser.press(ENTER)
    browser.gone(".spoiler-part")
    assert browser.run(label) == "none"


def test_a_menu_of_a_small_modal_is_seen_whole(
    browser: Browser, discord: LocalDiscord, bot: Bot
) -> None:
    options = [{"label": f"Number {number}", "value": str(number)} for number in range(6)]
    menu = {"type": 3, "custom_id": "menu", "options": options}
    modal = {"custom_id": "form", "title": "Short", "components": [in_label("Which", menu)]}
    answer_with(discord, modal)
    post(discord, bot, {"components": [BUTTON]})
    browser.click(".button", "Open")
    browser.find("dialog h2", "Short")
    browser.click("dialog .menu")
    browser.find("dialog .menu-list li", "Number 5")
    assert browser.run(_COVERED, "dialog .menu-list li") == 0
    browser.click("dialog .menu-list li", "Number 5")
    browser.find("dialog .menu", "Number 5")
    browser.press(ESCAPE)
    browser.gone("dialog")


def test_what_a_modal_says_is_drawn_as_it_was_written(
    browser: Browser, discord: LocalDiscord, bot: Bot
) -> None:
    parts = [
        {"type": 10, "content": "## Please read"},
        in_label("I agree", {"type": 23, "custom_id": "agree"}),
        in_label("Name", {"type": 4, "custom_id": "name", "style": 1}),
    ]
    answer_with(discord, {"custom_id": "form", "title": "Rules", "components": parts})
    post(discord, bot, {"components": [BUTTON]})
    browser.click(".button", "Open")
    assert browser.find("dialog .h2", "Please read").text == "Please read"  # not in capitals
    required = browser.run(
        "return [...document.querySelectorAll('dialog .labelled')]"
        ".filter((item) => item.querySelector('.required'))"
        ".map((item) => item.firstElementChild.firstChild.textContent)"
    )
    assert required == ["Name"]  # a box may stay empty


def test_suggestions_stay_within_a_narrow_window(
    browser: Browser, discord: LocalDiscord, bot: Bot
) -> None:
    what = "Describes at length what it does, more than a narrow window has room for"
    discord.world.commands.create(bot.application_id, {"name": "roll", "description": what})
    browser.driver.set_window_size(500, 800)
    browser.until(lambda: browser.run("return innerWidth < 721"), "the narrow window")
    browser.type("/")
    browser.find(".composer .suggest li", "/roll")
    for selector in (".composer .suggest", ".composer .suggest small", ".suggest .mark-right"):
        assert box(browser, selector)["right"] <= browser.run("return innerWidth")
    whole = (
        "const {scrollWidth, clientWidth} = document.querySelector('.suggest-label');"
        "return scrollWidth <= clientWidth"
    )
    assert browser.run(whole)


def test_the_beginning_of_a_post_stays_on_its_lines(
    browser: Browser, discord: LocalDiscord
) -> None:
    world = discord.world
    home, admin = world.guilds.find("Home") or "", world.users.find("admin") or ""
    forum = world.channels.create(home, "ideas", 15)["id"]
    thread = world.threads.create(forum, admin, "A post")["id"]
    world.messages.create(thread, admin, "so **very** light")
    browser.click(".channel", "ideas")
    browser.find(".post", "so very light")
    display = "return getComputedStyle(document.querySelector('.post-start strong')).display"
    assert browser.run(display) == "inline"


@pytest.mark.parametrize(
    ("language", "code", "parts"),
    [
        (
            "py",
            "if x == 'a # b':  # why\n    y = 0x1F",
            ["word if", "text 'a # b'", "note # why", "number 0x1F"],
        ),
        ("SQL", "select 1 -- one", ["word select", "number 1", "note -- one"]),
        ("diff", "+ new\n- old\n  same", ["added + new", "removed - old"]),
        ("klingon", "if x == 1", []),
    ],
)
def test_code_has_the_colours_of_its_language(
    browser: Browser, discord: LocalDiscord, language: str, code: str, parts: list[str]
) -> None:
    discord.world.user("ann").say("#general", f"```{language}\n{code}\n```")
    browser.until(lambda: browser.text("pre.code") == code, "the code as it was written")
    found = (
        "return [...document.querySelectorAll('pre.code span')]"
        ".map((item) => `${item.className.replace('code-', '')} ${item.textContent.trim()}`)"
    )
    assert browser.run(found) == parts


def test_codes_of_terminals_colour_text(browser: Browser, discord: LocalDiscord) -> None:
    code = "```ansi\n\x1b[1;31mred\x1b[0m plain \x1b[4;44mblue\n```"
    discord.world.user("ann").say("#general", code)
    browser.until(lambda: browser.text("pre.code") == "red plain blue", "the text alone")
    found = (
        "return [...document.querySelectorAll('pre.code span')]"
        ".map(({textContent, style}) => [textContent, style.color, style.textDecorationLine])"
    )
    assert browser.run(found) == [["red", "var(--ansi-1)", ""], ["blue", "", "underline"]]


@pytest.fixture
def crowd(discord: LocalDiscord) -> None:
    for number in range(30):
        discord.world.user(f"person{number}")


def test_many_people_leave_the_rest_of_the_menu_in_sight(crowd: None, browser: Browser) -> None:
    browser.click(".me")
    browser.find(".popup-group button", "person9")
    assert browser.run(_COVERED, ".popup > button") == 0
    browser.type("person27", ".popup .field")
    browser.until(lambda: len(browser.all(".popup-group button")) == 1, "the one who is meant")
    browser.press(ENTER)
    browser.sees("person27", "#self")


def test_a_discord_that_has_gone_is_told_of(browser: Browser, discord: LocalDiscord) -> None:
    discord.stop()
    browser.find("#lost", "Not connected")
    browser.say("Anybody?")
    browser.find(".toast.error", "The local Discord gave no answer: it has been stopped")
    written = "return document.getElementById('input').value"
    browser.until(lambda: browser.run(written) == "Anybody?", "what was written, which is kept")
    browser.run("for (const said of document.querySelectorAll('.toast')) said.remove()")
    browser.click("[aria-label='Server settings']")  # they are fetched when first asked for
    browser.find(".toast.error", "The local Discord gave no answer")
    browser.driver.get("about:blank")
    browser.driver.get_log("browser")  # full of connections that were refused
