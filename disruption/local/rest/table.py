"""The table of routes and events for the documentation, made from the routes themselves.

Run as a program it prints the page: `python -m disruption.local.rest.table > docs/local-routes.md`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..gateway.intents import EVENTS
from .known_routes import KNOWN_ROUTES
from .routes import ALL

__all__ = ["page"]

_TITLE = """# The routes and events of the local Discord

Every route of Discord's API that a bot, a webhook, an interaction or an access token of OAuth2 can
use. What is missing answers 501 with a message that names the route; the other routes change the
world and send their events as Discord does.

This page is made by `python -m disruption.local.rest.table`, and a test holds it against the code.
"""

_OWN = """
## Beyond Discord's documentation

Routes that are documented elsewhere, or that only a person's client uses.

| | |
|---|---|
"""


def page() -> str:
    """Return the page as Markdown."""
    made = {(route.method, route.path): route.handler.__doc__ or "" for route in ALL}
    known = list(KNOWN_ROUTES)
    there = sum(key in made for key in known)
    lines = [_TITLE, f"{there} of {len(known)} routes are there.\n"]
    lines += _sections(known, made)
    lines.append(_OWN.rstrip())
    own = sorted(key for key in made if key not in set(known))
    lines += [f"| `{method} {path}` | {_summary(made[(method, path)])} |" for method, path in own]
    lines.append("\n## Events of the gateway\n")
    sent = ", ".join(sorted(f"`{name}`" for name in EVENTS))
    lines.append(f"All {len(EVENTS)} of Discord's events are sent: {sent}.")
    return "\n".join(lines) + "\n"


def _sections(known: list[tuple[str, str]], made: dict[tuple[str, str], str]) -> Iterator[str]:
    section = ""
    for method, path in known:
        first = path.split("/")[1]
        if first != section:
            section = first
            yield f"\n## /{section}\n\n| | |\n|---|---|"
        text = made.get((method, path))
        shown = "**501**" if text is None else _summary(text)
        yield f"| `{method} {path}` | {shown} |"


def _summary(docstring: str) -> str:
    return docstring.strip().splitlines()[0].replace("|", "\\|")


if __name__ == "__main__":
    print(page(), end="")
