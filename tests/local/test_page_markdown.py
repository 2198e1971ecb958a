"""What the page makes of Discord's markdown: node by node, as text and never as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from page_browser import Browser

from disruption.local import LocalDiscord

pytestmark = pytest.mark.slow

# What is said, and what it becomes. Attributes are left out.
CASES = {
    "***both*** __*x*__": "<p><strong><em>both</em></strong> <u><em>x</em></u></p>",
    r"\*not\* snake_case_word": "<p>*not* snake_case_word</p>",
    "[a (b)](https://e.com/x_(y))": "<p><a>a (b)</a></p>",
    "1. one\n2. two\n  - in\n    - deeper\n3. three": (
        "<ol><li>one</li><li>two<ul><li>in<ul><li>deeper</li></ul></li></ul></li>"
        "<li>three</li></ol>"
    ),
    "> q1\n> q2\nplain": "<blockquote><p>q1\nq2</p></blockquote><p>plain</p>",
    ">>> all\nof it": "<blockquote><p>all\nof it</p></blockquote>",
    "`` a ` b `` `*x*`": "<p><code>a ` b</code> <code>*x*</code></p>",
    "```` a ``": "<p>```` a ``</p>",
    "~~gone~~ ||hid *it*||": "<p><s>gone</s> <span><span>hid <em>it</em></span></span></p>",
    "```js\nconst a = 1;\n```after": (
        "<pre><code><span>const</span> a = <span>1</span>;</code></pre><p>after</p>"
    ),
    "# H1\ntext\n### H3\n#### no": "<h3>H1</h3><p>text</p><h5>H3</h5><p>#### no</p>",
    "-# small": "<p>small</p>",
    "<https://a.com>, (https://x.com).": ("<p><a>https://a.com</a>, (<a>https://x.com</a>).</p>"),
    "see https://e.com/F_(b), (https://e.com/F_(b)).": (
        "<p>see <a>https://e.com/F_(b)</a>, (<a>https://e.com/F_(b)</a>).</p>"
    ),
    "<t:1700000000:R>": "<p><time>years ago</time></p>",
    "**open *and": "<p>**open *and</p>",
    "<b>no</b> &amp; <!-- x -->": "<p>&lt;b&gt;no&lt;/b&gt; &amp;amp; &lt;!-- x --&gt;</p>",
    "> a\n> ```py\n> b = 1\n> ```\n> - c\nd": (
        "<blockquote><p>a</p><pre><code>b = <span>1</span></code></pre>"
        "<ul><li>c</li></ul></blockquote><p>d</p>"
    ),
    "```\n> no quote\n```\n> quote": (
        "<pre><code>&gt; no quote</code></pre><blockquote><p>quote</p></blockquote>"
    ),
    "see ||```js\nhidden\n``` too|| and ||this||": (
        "<p>see </p><div><div><pre><code>hidden</code></pre><p> too</p></div></div>"
        "<p> and <span><span>this</span></span></p>"
    ),
    "- one\n  goes on\n- two\nout": "<ul><li>one\ngoes on</li><li>two</li></ul><p>out</p>",
    "<id:customize> <id:browse> <id:other>": (
        "<p><span>Channels &amp; Roles</span> <span>Browse Channels</span> &lt;id:other&gt;</p>"
    ),
    "[x](javascript:alert(1))": "<p>[x](javascript:alert(1))</p>",
}

_BARE = """
    const copy = document.querySelector(`[id="message-${arguments[0]}"] .text`)?.cloneNode(true);
    for (const item of copy?.querySelectorAll("*") ?? []) {
      for (const name of item.getAttributeNames()) item.removeAttribute(name);
    }
    return copy?.innerHTML;
"""


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord(rate_limits=False) as running:
        running.world.user("ann")
        yield running


def test_texts_become_what_they_say(browser: Browser, discord: LocalDiscord) -> None:
    world = discord.world
    general, admin = world.channels.find("general") or "", world.users.find("admin") or ""
    became: dict[str, Any] = {}
    for text in CASES:
        sent = world.messages.create(general, admin, text)["id"]
        bare = browser.until(lambda sent=sent: browser.run(_BARE, sent), text)
        became[text] = bare.replace("3 years", "years") if "<t:" in text else bare
    assert became == CASES
