"""The documentation's table of routes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from disruption import local
from disruption.local.gateway.intents import EVENTS
from disruption.local.rest.known_routes import KNOWN_ROUTES
from disruption.local.rest.routes import ALL
from disruption.local.rest.table import page

DOCUMENTED = Path(__file__).parents[2].parent / "shared" / "discord" / "gateway-events.json"
PAGE = Path(__file__).parents[2] / "docs" / "local-routes.md"


def test_the_page_is_what_the_routes_are() -> None:
    assert PAGE.read_text("utf-8") == page(), (
        "python -m disruption.local.rest.table > docs/local-routes.md makes it anew"
    )


def test_every_route_is_in_it_once_and_says_what_it_does() -> None:
    text = page()
    for method, path in {*KNOWN_ROUTES, *((route.method, route.path) for route in ALL)}:
        assert text.count(f"| `{method} {path}` |") == 1, (method, path)
    assert "**501**" not in text
    assert all(route.handler.__doc__ for route in ALL)


def test_the_events_are_those_of_the_documentation() -> None:
    if not DOCUMENTED.exists():
        pytest.skip(f"The documentation's events are not at {DOCUMENTED}")
    events = json.loads(DOCUMENTED.read_bytes())["receive"]
    assert set(EVENTS) == {event["name"] for event in events if event.get("dispatch")}


def test_every_event_is_sent_somewhere_in_the_code() -> None:
    package = Path(local.__file__).parent
    files = [*package.glob("world/*.py"), *package.glob("gateway/*.py")]
    code = "\n".join(path.read_text("utf-8") for path in files if path.name != "intents.py")
    named = set(re.findall(r'"([A-Z_]+)"', code))
    begun = re.findall(r'f"([A-Z_]+_)\{', code)
    verbs = ("CREATE", "UPDATE", "DELETE", "ADD", "REMOVE")
    sent = named | {f"{start}{verb}" for start in begun for verb in verbs}
    assert set(EVENTS) <= sent
