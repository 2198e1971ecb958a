"""A real browser for the tests of the page: finding one, and using it as a person does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from disruption.local import LocalDiscord

PATIENCE = 30.0

#: Keys as WebDriver names them.
ENTER, ESCAPE, TAB, BACKSPACE = "\ue007", "\ue00c", "\ue004", "\ue003"
UP, DOWN, LEFT, RIGHT = "\ue013", "\ue015", "\ue012", "\ue014"
PAGE_UP, PAGE_DOWN = "\ue00e", "\ue00f"
CONTROL, ALT, SHIFT = "\ue009", "\ue00a", "\ue008"

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

_SWITCHES = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--no-proxy-server", "--window-size=1300,900", "--lang=en-US"),
)

_FIND = """
    [...document.querySelectorAll(arguments[0])].find((item) => item.checkVisibility()
      && (item.textContent + (item.ariaLabel ?? "")).includes(arguments[1])) ?? null
""".strip()

# In one go: the list may be drawn anew at any moment.
_POINT = """
    const row = [...document.querySelectorAll("#timeline .message")].at(arguments[0]);
    row?.dispatchEvent(new PointerEvent("pointerover", {bubbles: true}));
    const tools = row?.querySelector(".tools");
    if (arguments[1]) tools?.querySelector(arguments[1])?.click();
    return Boolean(tools);
"""

_DROP = """
    const data = new DataTransfer();
    for (const [name, text, type] of arguments[1]) data.items.add(new File([text], name, {type}));
    const target = document.querySelector(arguments[0]);
    for (const kind of ["dragenter", "dragover", "drop"]) {
      const event = new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true});
      target.dispatchEvent(event);
    }
"""


def find_browser() -> tuple[str, str]:
    """Return the paths of a Chromium or Chrome and of its driver; skip the test without them.

    `DISRUPTION_CHROMIUM` names a browser that is not on PATH, `DISRUPTION_CHROMEDRIVER` a driver.
    """
    named = os.environ.get("DISRUPTION_CHROMIUM")
    browser = shutil.which(named) if named else next(filter(None, map(shutil.which, _NAMES)), None)
    if named and browser is None:
        pytest.fail(f"DISRUPTION_CHROMIUM names {named}, which is no program")
    if browser is None:
        pytest.skip("no Chromium or Chrome on PATH; DISRUPTION_CHROMIUM can name one")
    wanted = os.environ.get("DISRUPTION_CHROMEDRIVER", "chromedriver")
    beside = str(Path(os.path.realpath(browser)).parent)
    driver = shutil.which(wanted) or shutil.which(wanted, path=beside)
    if driver is None:
        pytest.skip(f"{browser} is there, but no chromedriver (Debian's package chromium-driver)")
    return browser, driver


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give a WebDriver session of a headless browser."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="Selenium drives the browser")
    browser, driver = find_browser()
    service = pytest.importorskip("selenium.webdriver.chrome.service").Service(driver)
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    profile = tmp_path_factory.mktemp("chromium")
    for switch in (*_SWITCHES, f"--user-data-dir={profile}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    made = webdriver.Chrome(options=options, service=service)
    # A window that is not in front is told of no change of focus.
    made.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    try:
        yield made
    finally:
        made.quit()


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    """Two people beside the admin; a module with other wishes has its own."""
    with LocalDiscord(rate_limits=False) as running:
        running.world.user("ann")
        running.world.user("bob")
        yield running


@pytest.fixture
def admin(browser: Browser) -> Browser:
    """Play the admin."""
    browser.play("Admin")
    return browser


@pytest.fixture
def browser(chromium: Any, discord: LocalDiscord) -> Iterator[Browser]:
    """Open the page of the test's `discord`; what the page's scripts complain of fails the test."""
    chromium.set_window_size(1300, 900)
    chromium.get_log("browser")  # what is there is another test's
    page = Browser(chromium)
    page.open(discord)
    yield page
    errors = [
        entry["message"]
        for entry in chromium.get_log("browser")
        if entry["level"] == "SEVERE" and "Failed to load resource" not in entry["message"]
    ]
    chromium.get("about:blank")  # before its server stops, which it would complain of
    if errors:
        pytest.fail("The page complains: " + "; ".join(errors))


class Browser:
    """The page as a person uses it."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, discord: LocalDiscord) -> None:
        """Load the page and wait until it is connected."""
        self.driver.get("about:blank")
        self.driver.get(discord.page_url)
        self.until(lambda: self.text("#self").endswith("you play"), "the connection")
        self.find("#input")
        self.sees("This is where it begins.")

    def play(self, name: str) -> None:
        """Be somebody else."""
        self.click(".me")
        self.click(".popup button", name)
        self.sees(name, "#self")
        self.until(lambda: self.text("#self").endswith("you play"), "the connection")
        self.sees("This is where it begins.")

    def until(self, check: Callable[[], Any], what: str) -> Any:
        """Wait until something is so, and return what `check` gave."""
        from selenium.common.exceptions import TimeoutException
        from selenium.webdriver.support.ui import WebDriverWait

        def asked(_: Any) -> Any:
            return check()

        try:
            return WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05).until(asked)
        except TimeoutException:
            says = " ".join(self.driver.find_element("css selector", "body").text.split())
            pytest.fail(f"{what} did not come; the page says: {says[-1500:]}")

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(script, *arguments)

    def text(self, selector: str) -> str:
        """Return the text of an element, "" where there is none."""
        found: str = self.run(
            "return document.querySelector(arguments[0])?.textContent ?? ''", selector
        )
        return found

    def sees(self, text: str, selector: str = "#timeline") -> None:
        """Wait until an element holds a text."""
        self.until(lambda: text in self.text(selector), repr(text))

    def all(self, selector: str) -> list[Any]:
        """Return the elements there are now."""
        found: list[Any] = self.driver.find_elements("css selector", selector)
        return found

    def gone(self, selector: str) -> None:
        """Wait until there is no such element any more."""
        self.until(lambda: not self.all(selector), f"the end of {selector}")

    def find(self, selector: str, text: str = "") -> Any:
        """Wait for an element that is in sight and holds a text (or label), and return it."""
        return self._with(f"return {_FIND}", selector, text)

    def click(self, selector: str, text: str = "") -> None:
        """Wait for such an element and click it, before anything can be drawn anew."""
        self._with(f"const found = {_FIND}; found?.click(); return Boolean(found)", selector, text)

    def _with(self, script: str, selector: str, text: str) -> Any:
        return self.until(lambda: self.run(script, selector, text), f"{selector} {text!r}")

    def type(self, text: str, selector: str = "#input") -> None:
        """Type into an element."""
        from selenium.common.exceptions import StaleElementReferenceException

        def typed() -> bool:
            try:
                self.find(selector).send_keys(text)
            except StaleElementReferenceException:
                return False  # drawn anew between the two: nothing was typed
            return True

        self.until(typed, f"typing into {selector}")

    def press(self, *keys: str) -> None:
        """Press keys where the focus is; modifiers come first and are held."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def say(self, text: str) -> None:
        """Send a message."""
        self.type(text + ENTER)

    def command(self, name: str) -> None:
        """Choose a slash command, so that its form is open."""
        self.type(f"/{name}")
        self.find(".composer .suggest li", name)
        self.type(ENTER)
        self.find(".command-name", f"/{name}")

    def drop(self, *files: tuple[str, str, str], on: str = "#main") -> None:
        """Drop files `(name, text, type)` on an element."""
        self.run(_DROP, on, [list(file) for file in files])

    def point_at(self, index: int) -> None:
        """Point at a message, the first being 0, so that its tools appear."""
        self.until(lambda: self.run(_POINT, index, None), f"the tools of message {index}")

    def menu_of(self, index: int) -> None:
        """Open the menu of a message."""
        self.until(lambda: self.run(_POINT, index, "[aria-label=More]"), f"message {index}")
