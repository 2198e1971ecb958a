"""How quick the local Discord's page is, in a headless Chromium.

    python -m benchmarks.page

prints what it measured beside what is asked: the first paint beside that of a page with one word
(which is what the browser takes on this machine), the time until the latest message is there, the
opening of a channel with 10,000 messages, and the longest frame while that channel is scrolled.
Needs Selenium, a Chromium or Chrome, and its chromedriver.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from disruption.local import LocalDiscord

ROUNDS = 15
MESSAGES = 10_000

_SWITCHES = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-proxy-server"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--window-size=1300,900"),
)

_FIRST_MESSAGE = """
    new MutationObserver((_, watch) => {
      if (!document.querySelector(".message")) return;
      window.messageAt = performance.now();
      watch.disconnect();
    }).observe(document, {childList: true, subtree: true});
"""

_PAINTED = """
    const done = arguments[0];
    const wait = () => {
      const [first] = performance.getEntriesByName("first-paint");
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      if (paint && (window.messageAt || !document.getElementById("timeline"))) {
        done([first.startTime, paint.startTime, window.messageAt ?? 0]);
      } else setTimeout(wait, 20);
    };
    wait();
"""

_OPEN = """
    const [name, last, done] = arguments;
    const button = [...document.querySelectorAll(".channel")]
      .find((item) => item.textContent === name);
    const began = performance.now();
    const list = document.getElementById("timeline");
    const watch = new MutationObserver(() => {
      if (!list.textContent.includes(last)) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    });
    watch.observe(list, {childList: true});
    button.click();
"""

_SCROLL = """
    const [pixels, done] = arguments;
    const scroller = document.getElementById("scroller");
    const frames = [];
    const began = performance.now();
    let before = began;
    const step = (now) => {
      frames.push(now - before);
      before = now;
      scroller.scrollTop -= pixels;
      if (now - began < 3000) requestAnimationFrame(step);
      else done(frames.slice(1));
    };
    requestAnimationFrame(step);
"""

_IDLE = _SCROLL.replace("scroller.scrollTop -= pixels;", "")


def _browser() -> Any:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    browser = os.environ.get("DISRUPTION_CHROMIUM") or next(
        filter(None, map(shutil.which, names)), None
    )
    driver = shutil.which(os.environ.get("DISRUPTION_CHROMEDRIVER", "chromedriver"))
    if browser is None or driver is None:
        sys.exit("This needs Chromium and chromedriver (Debian: chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for switch in _SWITCHES:
        options.add_argument(switch)
    made = webdriver.Chrome(options=options, service=Service(driver))
    made.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _FIRST_MESSAGE})
    return made


def _furnish(discord: LocalDiscord) -> None:
    world = discord.world
    discord.world.user("ann").say("#general", "hello")
    home, admin = world.guilds.find("Home") or "", world.users.find("admin") or ""
    with world.lock:
        long = world.channels.create(home, "long")["id"]
        for number in range(MESSAGES):
            text = f"**number** {number}. with `code`, https://example.com/{number} and some words"
            world.messages.create(long, admin, text)


def _show(what: str, value: float, asked: str) -> None:
    print(f"{what:<58} {value:8.0f} ms   {asked}")


def main() -> None:
    """Measure and print."""
    browser = _browser()
    try:
        with LocalDiscord(rate_limits=False) as discord:
            _furnish(discord)
            word = f"{discord.rest_url.removesuffix('/api/v10')}/page/icon.svg"

            def paints(address: str) -> tuple[float, float, float]:
                browser.get("about:blank")
                time.sleep(0.3)  # the server sees the page before off
                browser.get(address)
                first, content, message = browser.execute_async_script(_PAINTED)
                return first, content, message

            pairs = [(paints(word), paints(discord.page_url)) for _ in range(ROUNDS)]
            middle: Callable[[list[float]], float] = statistics.median
            _show("first paint of one small picture", middle([a[0] for a, _ in pairs]), "")
            _show("first paint of the page", middle([b[0] for _, b in pairs]), "asked: 100")
            _show("first text of the page", middle([b[1] for _, b in pairs]), "")
            _show("until the latest message is there", middle([b[2] for _, b in pairs]), "")
            opened = []
            for _ in range(5):
                last = f"number {MESSAGES - 1}."
                opened.append(browser.execute_async_script(_OPEN, "long", last))
                browser.execute_async_script(_OPEN, "general", "hello")
            _show(f"a channel of {MESSAGES} messages opens", middle(opened), "asked: 200")
            browser.execute_async_script(_OPEN, "long", f"number {MESSAGES - 1}.")
            idle = browser.execute_async_script(_IDLE, 0)
            _show("longest frame of 3 s in which nothing happens", max(idle), "")
            for pixels in (60, 120):
                frames = browser.execute_async_script(_SCROLL, pixels)
                slow = sum(frame > 50 for frame in frames)
                what = f"longest frame of 3 s of scrolling, {pixels} pixels a frame"
                _show(what, max(frames), f"asked: 50; {slow} of {len(frames)} are longer")
    finally:
        browser.quit()
    print(f"load average {', '.join(f'{load:.1f}' for load in os.getloadavg())}")


if __name__ == "__main__":
    main()
