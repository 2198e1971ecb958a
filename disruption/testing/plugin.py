"""The pytest plugin: the fixtures `discord`, `bot` and `recorder`.

pytest loads it in every run, so it imports nothing but pytest until a fixture is used.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ..client import Client
    from .discord import Discord
    from .recorder import Recorder

__all__ = ["bot", "bot_factory", "discord", "recorder"]

__tracebackhide__ = True  # pytest shows the line of the test, not ours

_MARKERS = (
    "discord(**options): what the fixture discord is made of: timeout, rate_limits, clock, seed, "
    "world, empty, …",
    "bot(factory=…, **options): what makes the fixture bot, and the arguments of its account",
    "allow_handler_errors: let the test pass though a handler of the bot raises an error",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the settings."""
    parser.addini("discord_bot", "what makes the fixture bot: module:name", default="")
    parser.addini("discord_timeout", "seconds that an expectation waits", default="5")


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known."""
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)


@pytest.fixture
def discord(request: pytest.FixtureRequest) -> Iterator[Discord]:
    """A Discord of this test's own; `@pytest.mark.discord(…)` sets it up."""
    from .discord import Discord

    options: dict[str, Any] = {"timeout": float(request.config.getini("discord_timeout"))}
    for marker in reversed(list(request.node.iter_markers("discord"))):
        options.update(marker.kwargs)
    with Discord(**options) as made:
        made.errors.forgiving = _forgives(request.node)
        request.node.stash[_KEY] = made
        yield made
    made.errors.check()  # what was raised while the bot stopped


@pytest.fixture
def bot_factory(request: pytest.FixtureRequest) -> Any:
    """What makes the bot: override it, or use the marker `bot` or the setting `discord_bot`."""
    given: list[str] = []
    for marker in request.node.iter_markers("bot"):
        if "factory" in marker.kwargs or marker.args:
            return marker.kwargs.get("factory", *marker.args)
        given += marker.kwargs
    named = request.config.getini("discord_bot")
    if named:
        return named
    marked = f" (the marker bot says {', '.join(given)}, and no factory)" if given else ""
    pytest.fail(
        f"No bot is known{marked}. Either write a fixture bot_factory that returns a class of "
        "handlers or a function that returns a Client, or mark the test with "
        "@pytest.mark.bot(factory=MyBot), or set discord_bot = mybot:MyBot in pytest's settings.",
        pytrace=False,
    )


@pytest.fixture
def bot(request: pytest.FixtureRequest, discord: Discord, bot_factory: Any) -> Iterator[Client]:
    """Your client, connected to `discord`."""
    options: dict[str, Any] = {}
    for marker in reversed(list(request.node.iter_markers("bot"))):
        options.update(marker.kwargs)
    options.pop("factory", None)
    with discord.running(bot_factory, **options) as client:
        yield client


@pytest.fixture
def recorder() -> Recorder:
    """What takes down the calls of objects from `make_message` and its like."""
    from .recorder import Recorder

    return Recorder()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that has passed though handlers of its bot raised errors."""
    result = yield  # raises what the test has raised
    discord = item.stash.get(_KEY, None)
    if discord is not None:
        discord.check()
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell the conversation and the traffic where the failure itself does not."""
    report = yield
    discord = item.stash.get(_KEY, None)
    if discord is not None and call.when == "call" and report.failed and call.excinfo is not None:
        from .errors import Unmet

        if not isinstance(call.excinfo.value, Unmet):
            report.sections.append(("What happened on Discord", discord.explain()))
        discord.errors.forgiving = True  # all is told
    return report


def _forgives(node: pytest.Item) -> bool:
    return node.get_closest_marker("allow_handler_errors") is not None


_KEY: pytest.StashKey[Discord] = pytest.StashKey()
